// CBOR around items that must stay as they are, byte for byte.

export function head(major, length) {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

export const text = (value) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);

export const bytes = (value) => Buffer.concat([head(2, value.length), value]);

export const array = (...items) => Buffer.concat([head(4, items.length), ...items]);

export const map = (entries) =>
  Buffer.concat([head(5, entries.length), ...entries.flatMap(([name, item]) => [text(name), item])]);

export const flag = (value) => head(7, value ? 21 : 20);

export const nil = head(7, 22);

/** #6.24(bstr .cbor item) */
export const embedded = (item) => Buffer.concat([Buffer.from([0xd8, 24]), bytes(item)]);

/** What an item of definite lengths holds: a Map of a map, the content of a tag in its place. */
export function unwrap(item) {
  let at = 0;
  const take = (length) => item.subarray(at, (at += length));
  const next = () => {
    const [initial] = take(1);
    const [major, short] = [initial >> 5, initial & 31];
    const length = short < 24 ? short : take(1 << (short - 24)).reduce((high, low) => high * 256 + low, 0);
    const several = () => Array.from({ length }, next);
    switch (major) {
      case 0: return length;
      case 1: return -1 - length;
      case 2: return take(length);
      case 3: return take(length).toString();
      case 4: return several();
      case 5: return new Map(Array.from({ length }, () => [next(), next()]));
      case 6: return next();
      default: return { 20: false, 21: true, 22: null }[length];
    }
  };
  return next();
}
