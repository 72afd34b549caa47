// Messages and streams of bytes.

/**
 * Header and array reader of one message; `bytes` may start anywhere in its buffer.
 * @param {Uint8Array} bytes
 */
export function unpack(bytes) {
  const { buffer } = bytes.slice();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, take: reader(buffer, 4 + length), rest: new Uint8Array(buffer, 4 + length) };
}

/**
 * The messages that came one after the other, each behind its length.
 * @param {Uint8Array} bytes
 */
export function parcels(bytes) {
  const found = [];
  const sizes = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let begin = 0; begin < bytes.length;) {
    const end = begin + 4 + sizes.getUint32(begin, true);
    found.push(bytes.subarray(begin + 4, end));
    begin = end;
  }
  return found;
}

/**
 * Header and array reader of a message that was squeezed (packing.py says how).
 * @param {Uint8Array} bytes
 */
export async function unsqueezed(bytes) {
  const { header, rest } = unpack(new Uint8Array(await inflated(bytes)));
  const count = rest.length / 4;
  const words = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    for (let plane = 0; plane < 4; plane++) words[k] |= rest[plane * count + k] << (8 * plane);
    if (k > 1) words[k] += words[k - 2];
  }
  return { header, take: reader(words.buffer) };
}

/**
 * Reads one array after the other.
 * @param {ArrayBuffer} buffer
 * @param {number} begin where the first one begins
 */
export function reader(buffer, begin = 0) {
  let offset = begin;
  /**
   * @template {Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array} A
   * @param {{
   *   new (buffer: ArrayBuffer, offset: number, count: number): A;
   *   BYTES_PER_ELEMENT: number;
   * }} Type
   * @param {number} count
   */
  return (Type, count) => {
    const width = Type.BYTES_PER_ELEMENT;
    const start = offset;
    offset += count * width;
    const aligned = start % width === 0; // a double may begin at half of its own length
    return aligned
      ? new Type(buffer, start, count)
      : new Type(buffer.slice(start, offset), 0, count);
  };
}

/**
 * @param {Uint8Array | null} one
 * @param {Uint8Array | null} other
 */
export function sameBytes(one, other) {
  if (!one || !other || one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/**
 * The bytes of a zlib stream.
 * @param {Uint8Array} bytes
 */
export function inflated(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}
