// A seeded generator: nothing here is secret, everything is to be had again.

/** Numbers from 0 up to 1, without end (Mulberry32). */
export function randomness(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As many normally distributed numbers, in whole steps. */
export function normal(random, deviation, count) {
  const numbers = new Int8Array(count);
  for (let place = 0; place < count; place += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const number = deviation * radius * Math.cos(2 * Math.PI * random());
    numbers[place] = Math.max(-127, Math.min(127, Math.round(number)));
  }
  return numbers;
}
