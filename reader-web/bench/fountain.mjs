// How many codes a message takes, when some of them are not seen.
//
// The statistic of BC-UR's fountain (BCR-2024-001), not its bits: the first codes are the fragments
// themselves, as many again each mix as many as a draw says, which is for `n` with a weight of 1/n,
// and then the round begins anew. Whoever reads solves by elimination, as
// `wallet-core/proximity/src/frames/fountain.rs` does, so a code counts when it is independent of
// those before.

/**
 * The codes shown until the message of so many fragments is whole, each seen with the probability.
 *
 * @param {number} fragments
 * @param {number} seen
 * @param {() => number} random
 */
export function codesNeeded(fragments, seen, random) {
  const draw = degrees(fragments, random);
  const round = [];
  const rows = new Array(fragments);
  let known = 0;
  let shown = 0;
  while (known < fragments) {
    shown += 1;
    if (random() >= seen) continue;
    const place = (shown - 1) % (2 * fragments);
    round[place] ??= place < fragments ? only(place, fragments) : mixed(draw(), fragments, random);
    known += add(rows, round[place].slice()) ? 1 : 0;
  }
  return shown;
}

function degrees(fragments, random) {
  const sums = [];
  for (let degree = 1; degree <= fragments; degree += 1) sums.push((sums.at(-1) ?? 0) + 1 / degree);
  return () => {
    const at = random() * sums.at(-1);
    return 1 + sums.findIndex((sum) => at < sum);
  };
}

/** A bit a fragment. */
const none = (fragments) => new Uint32Array(Math.ceil(fragments / 32));

function only(place, fragments) {
  const mix = none(fragments);
  mix[place >> 5] |= 1 << (place & 31);
  return mix;
}

/** A draw of different ones. */
function mixed(degree, fragments, random) {
  const mix = none(fragments);
  const places = Array.from({ length: fragments }, (_, place) => place);
  for (let taken = 0; taken < degree; taken += 1) {
    const other = taken + Math.floor(random() * (fragments - taken));
    [places[taken], places[other]] = [places[other], places[taken]];
    mix[places[taken] >> 5] |= 1 << (places[taken] & 31);
  }
  return mix;
}

/** Whether it said something new. Each row is kept by its lowest fragment, which is in no later one. */
function add(rows, mix) {
  for (let word = 0; word < mix.length; word += 1) {
    while (mix[word] !== 0) {
      const place = word * 32 + (31 - Math.clz32(mix[word] & -mix[word]));
      if (!rows[place]) {
        rows[place] = mix;
        return true;
      }
      rows[place].forEach((bits, at) => {
        mix[at] ^= bits;
      });
    }
  }
  return false;
}
