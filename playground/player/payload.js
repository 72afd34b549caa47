// The messages from Python (packing.py writes what this reads) and how numbers are said.

/** Header and array reader of one message; `bytes` may start anywhere in its buffer. */
export function open(bytes) {
  const buffer = bytes.slice().buffer;
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let offset = 4 + length;
  const take = (Type, count) => {
    const array = new Type(buffer, offset, count);
    offset += array.byteLength;
    return array;
  };
  return { header, take };
}

/** A ground: level lines as x and y lists with gaps (null) between them, the picture as a URL. */
export function readGround(bytes) {
  const { header, take } = open(bytes);
  const { lengths, low, size } = header.levels;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const fractions = take(Uint16Array, 2 * total);
  const x = [];
  const y = [];
  let point = 0;
  for (const length of lengths) {
    for (let end = point + length; point < end; point++) {
      x.push(low[0] + (size[0] * fractions[2 * point]) / 65535);
      y.push(low[1] + (size[1] * fractions[2 * point + 1]) / 65535);
    }
    x.push(null);
    y.push(null);
  }
  return { ...header, levels: { x, y }, picture: dataUrl(take(Uint8Array, header.picture)) };
}

/** A PNG as a data URL: unlike a blob URL it survives Plotly's picture download. */
function dataUrl(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return `data:image/png;base64,${btoa(text)}`;
}

/** A scene: its tracks get `path` and `last`, its vectors `xy`, its series `y` (as doubles). */
export function readScene(bytes) {
  const { header, take } = open(bytes);
  for (const track of header.tracks) {
    track.path = Float64Array.from(take(Float32Array, 2 * track.count));
    track.last = lastStep(track);
    for (const vectors of track.vectors) vectors.xy = take(Float32Array, 2 * vectors.count);
  }
  for (const chart of header.charts) {
    for (const series of chart.series) {
      const values = take(Float32Array, series.count);
      series.y = Float64Array.from(values, chart.log ? (value) => 10 ** value : undefined);
    }
  }
  return header;
}

/** The last step a head can reach: before the first point that is not finite, and its `stop`. */
export function lastStep({ path, stop }) {
  const points = path.length / 2;
  let step = 0;
  while (step < points && Number.isFinite(path[2 * step]) && Number.isFinite(path[2 * step + 1])) {
    step++;
  }
  return Math.max(0, Math.min(step - 1, stop ?? points - 1));
}

export function sameBytes(one, other) {
  if (!one || !other || one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** A number as a reader wants it: four digits, a true minus, no "1e+5". */
export function say(value) {
  if (value === undefined || Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= 1e5 || size < 1e-3)
      ? value.toExponential(2).replace("e+", "e")
      : String(Number(value.toPrecision(4)));
  return text.replaceAll("-", "−");
}
