// QR codes of texts in letters of ASCII, with medium error correction (ISO/IEC 18004, byte mode).

/** For each version from 1: error correction bytes in a block, and blocks. */
const BLOCKS = [
  [10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5], [30, 5],
  [22, 8], [22, 9], [24, 9], [24, 10], [28, 10], [28, 11], [26, 13], [26, 14], [26, 16],
];

/** How many bytes of a text fit into the largest code made here. */
export const BYTES_MAX = dataBytes(BLOCKS.length) - 3;

/** Modules that carry data, of a version. @param {number} version */
function rawModules(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
  }
  return modules;
}

/** @param {number} version */
function dataBytes(version) {
  const [correction, blocks] = BLOCKS[version - 1];
  return Math.floor(rawModules(version) / 8) - correction * blocks;
}

/** The product in the field of 256 elements. @param {number} a @param {number} b */
function product(a, b) {
  let result = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    result = (result << 1) ^ ((result >>> 7) * 0x11d);
    result ^= ((b >>> bit) & 1) * a;
  }
  return result;
}

/** @param {number} degree */
function divisor(degree) {
  const polynomial = new Array(degree).fill(0);
  polynomial[degree - 1] = 1;
  let root = 1;
  for (let at = 0; at < degree; at += 1) {
    for (let j = 0; j < degree; j += 1) {
      polynomial[j] = product(polynomial[j], root) ^ (j + 1 < degree ? polynomial[j + 1] : 0);
    }
    root = product(root, 2);
  }
  return polynomial;
}

/** @param {number[]} bytes @param {number[]} by */
function remainder(bytes, by) {
  const result = by.map(() => 0);
  for (const byte of bytes) {
    const factor = byte ^ /** @type {number} */ (result.shift());
    result.push(0);
    by.forEach((coefficient, at) => { result[at] ^= product(coefficient, factor); });
  }
  return result;
}

/** The bytes of a text with what mends them, interleaved. @param {number[]} text @param {number} version */
function codewords(text, version) {
  /** @type {number[]} */
  const bits = [];
  const add = (/** @type {number} */ value, /** @type {number} */ length) => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  add(4, 4);
  add(text.length, version < 10 ? 8 : 16);
  text.forEach((byte) => add(byte, 8));
  const capacity = dataBytes(version) * 8;
  add(0, Math.min(4, capacity - bits.length));
  add(0, (8 - (bits.length % 8)) % 8);
  for (let padding = 0xec; bits.length < capacity; padding ^= 0xec ^ 0x11) add(padding, 8);
  const bytes = [];
  for (let at = 0; at < bits.length; at += 8) bytes.push(parseInt(bits.slice(at, at + 8).join(''), 2));

  const [correction, count] = BLOCKS[version - 1];
  const raw = Math.floor(rawModules(version) / 8);
  const [short, shortBlocks] = [Math.floor(raw / count), count - (raw % count)];
  const by = divisor(correction);
  const blocks = [];
  for (let block = 0, at = 0; block < count; block += 1) {
    const length = short - correction + (block < shortBlocks ? 0 : 1);
    const own = bytes.slice(at, at + length);
    at += length;
    blocks.push({ own, mend: remainder(own, by) });
  }
  const all = [];
  for (let at = 0; at <= short - correction; at += 1) {
    for (const { own } of blocks) if (at < own.length) all.push(own[at]);
  }
  for (let at = 0; at < correction; at += 1) for (const { mend } of blocks) all.push(mend[at]);
  return all;
}

/** Where the small squares stand. @param {number} version */
function alignment(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const places = [6];
  for (let place = version * 4 + 10; places.length < count; place -= step) places.splice(1, 0, place);
  return places;
}

/** @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * How often a row looks like the middle of a corner, beside enough light; outside all is light.
 * @param {string} row
 * @param {number} size
 */
function likeCorners(row, size) {
  const runs = [...row.matchAll(/0+|1+/g)].map(([run]) => run.length);
  if (row.startsWith('1')) runs.unshift(0);
  if (row.endsWith('1')) runs.push(0);
  runs[0] += size;
  runs[runs.length - 1] += size;
  let count = 0;
  for (let at = 0; at + 6 < runs.length; at += 2) {
    const [before, one, ...rest] = runs.slice(at, at + 7);
    const after = /** @type {number} */ (rest.pop());
    if (`${rest}` !== `${[one, 3 * one, one, one]}`) continue;
    count += (before >= 4 * one && after >= one ? 1 : 0) + (after >= 4 * one && before >= one ? 1 : 0);
  }
  return count;
}

/** A square of modules; those of its own patterns are not masked. */
class Square {
  /** @param {number} version */
  constructor(version) {
    this.version = version;
    this.size = version * 4 + 17;
    this.dark = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.own = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.patterns();
  }

  /** @param {number} x @param {number} y @param {boolean} isDark */
  set(x, y, isDark) {
    this.dark[y][x] = isDark;
    this.own[y][x] = true;
  }

  patterns() {
    const { size, version } = this;
    for (let at = 0; at < size; at += 1) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
    for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
      for (let dy = -4; dy <= 4; dy += 1) {
        for (let dx = -4; dx <= 4; dx += 1) {
          const [far, x, y] = [Math.max(Math.abs(dx), Math.abs(dy)), cx + dx, cy + dy];
          if (x >= 0 && x < size && y >= 0 && y < size) this.set(x, y, far !== 2 && far !== 4);
        }
      }
    }
    const places = alignment(version);
    const last = places.length - 1;
    places.forEach((cx, i) => places.forEach((cy, j) => {
      if ((i === 0 && (j === 0 || j === last)) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) this.set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }));
    this.format(0);
    if (version < 7) return;
    let rest = version;
    for (let at = 0; at < 12; at += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let at = 0; at < 18; at += 1) {
      const [isDark, a, b] = [((bits >>> at) & 1) === 1, size - 11 + (at % 3), Math.floor(at / 3)];
      this.set(a, b, isDark);
      this.set(b, a, isDark);
    }
  }

  /** Says which mask and which error correction; medium is 0. @param {number} mask */
  format(mask) {
    let rest = mask;
    for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((mask << 10) | rest) ^ 0x5412;
    const bit = (/** @type {number} */ at) => ((bits >>> at) & 1) === 1;
    for (let at = 0; at <= 5; at += 1) this.set(8, at, bit(at));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let at = 9; at < 15; at += 1) this.set(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at += 1) this.set(this.size - 1 - at, 8, bit(at));
    for (let at = 8; at < 15; at += 1) this.set(8, this.size - 15 + at, bit(at));
    this.set(8, this.size - 8, true);
  }

  /** @param {number[]} bytes */
  fill(bytes) {
    const { size } = this;
    let at = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < size; step += 1) {
        for (const x of [right, right - 1]) {
          const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
          if (this.own[y][x] || at >= bytes.length * 8) continue;
          this.dark[y][x] = ((bytes[at >>> 3] >>> (7 - (at & 7))) & 1) === 1;
          at += 1;
        }
      }
    }
  }

  /** @param {number} mask */
  masked(mask) {
    this.dark.forEach((row, y) => row.forEach((isDark, x) => {
      if (!this.own[y][x] && MASKS[mask](x, y)) row[x] = !isDark;
    }));
  }

  /** How hard it is to read. */
  penalty() {
    const { size, dark } = this;
    let total = 0;
    for (const turned of [false, true]) {
      for (let line = 0; line < size; line += 1) {
        const row = dark[line].map((isDark, at) => ((turned ? dark[at][line] : isDark) ? '1' : '0')).join('');
        for (const [run] of row.matchAll(/0{5,}|1{5,}/g)) total += run.length - 2;
        total += 40 * likeCorners(row, size);
      }
    }
    let count = 0;
    dark.forEach((row, y) => row.forEach((isDark, x) => {
      count += isDark ? 1 : 0;
      if (x + 1 < size && y + 1 < size && [row[x + 1], dark[y + 1][x], dark[y + 1][x + 1]].every((one) => one === isDark)) total += 3;
    }));
    return total + 10 * Math.max(0, Math.ceil(Math.abs(count * 20 - size * size * 10) / (size * size)) - 1);
  }
}

/**
 * The dark modules of a text's code, row by row.
 * @param {string} text of ASCII letters, at most `BYTES_MAX`
 * @returns {boolean[][]}
 */
export function code(text) {
  const bytes = [...text].map((letter) => letter.charCodeAt(0));
  const fits = (/** @type {number} */ version) => bytes.length + (version < 10 ? 2 : 3) <= dataBytes(version);
  const version = BLOCKS.findIndex((_, at) => fits(at + 1)) + 1;
  if (version === 0) throw new RangeError('the text is too long for one code');
  const square = new Square(version);
  square.fill(codewords(bytes, version));
  let best = { mask: 0, penalty: Infinity };
  for (const mask of MASKS.keys()) {
    square.masked(mask);
    square.format(mask);
    const penalty = square.penalty();
    if (penalty < best.penalty) best = { mask, penalty };
    square.masked(mask);
  }
  square.masked(best.mask);
  square.format(best.mask);
  return square.dark;
}
