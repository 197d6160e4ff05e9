// CBOR around items that must stay as they are, byte for byte.

export function head(major, length) {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

export const text = (value) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);

export const array = (...items) => Buffer.concat([head(4, items.length), ...items]);

export const map = (entries) =>
  Buffer.concat([head(5, entries.length), ...entries.flatMap(([name, item]) => [text(name), item])]);

/** #6.24(bstr .cbor item) */
export const embedded = (item) => Buffer.concat([Buffer.from([0xd8, 24]), head(2, item.length), item]);
