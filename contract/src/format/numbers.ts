/**
 * Stands between a number and its unit and never breaks. Plex Sans has no U+202F, so browsers draw half a space for it,
 * too tight to be seen; its no-break space is 0.24 em, as narrow as U+202F is in other fonts.
 */
export const UNIT_SPACE = '\u00a0';
export const DASH = '\u2014';
const MINUS = '\u2212';

/** With comma groups, and a true minus. */
export function formatCount(value: number): string {
  const text = Math.abs(Math.round(value))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 && text !== '0' ? `${MINUS}${text}` : text;
}

/** Counts from a million on are shortened: 15.5 M. The exact value belongs on hover. */
export function formatLargeCount(value: number): string {
  if (value < 1_000_000) return formatCount(value);
  if (value < 1_000_000_000) return `${threeDigits(value / 1e6)}${UNIT_SPACE}M`;
  return `${threeDigits(value / 1e9)}${UNIT_SPACE}G`;
}

/** Three significant digits, for a value of at least 1: 8.21, 88.4, 142, 1,270. */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 999.5) return formatCount(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return withMinus(value.toFixed(digits));
}

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const DAY_SECONDS = 86_400;

/**
 * A time in ms below one second, else in s: 0.043, 0.34, 8.21, 88.4, 142 ms; 1.27 s. Never 0 for what is not.
 * What lasts for days, such as a certificate, is said in days.
 */
export function secondsQuantity(seconds: number): Quantity {
  const size = Math.abs(seconds);
  if (size >= 2 * DAY_SECONDS) return { value: threeDigits(seconds / DAY_SECONDS), unit: 'd' };
  if (size >= 0.9995) return { value: threeDigits(seconds), unit: 's' };
  return { value: smallNumber(seconds * 1_000), unit: 'ms' };
}

export function formatSeconds(seconds: number): string {
  return joined(secondsQuantity(seconds));
}

/** A share in %, with three decimals for tables; a share that is not 0 never looks like 0. */
export function percentQuantity(ratio: number, decimals = 3): Quantity {
  const percent = ratio * 100;
  const text = percent.toFixed(decimals);
  const smallest = 10 ** -decimals;
  const vanished = percent > 0 && Number(text) === 0;
  // 99.9996 % must not be rounded to a whole that it is not.
  const filled = percent < 100 && Number(text) === 100;
  if (vanished) return { value: `<${smallest.toFixed(decimals)}`, unit: '%' };
  if (filled) return { value: `>${(100 - smallest).toFixed(decimals)}`, unit: '%' };
  return { value: text, unit: '%' };
}

export function formatPercent(ratio: number, decimals = 3): string {
  return joined(percentQuantity(ratio, decimals));
}

/** Memory in binary units, as operating systems count it. */
export function memoryQuantity(bytes: number): Quantity {
  return scaled(bytes, 1_024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

/** Disk space in decimal units, as disks are sold. */
export function diskQuantity(bytes: number): Quantity {
  return scaled(bytes, 1_000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
}

export function bitRateQuantity(bitsPerSecond: number): Quantity {
  return scaled(bitsPerSecond, 1_000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']);
}

/** A value of a metric in the unit of people. `unit` is that of the contract, SI base. */
export function metricQuantity(value: number, unit: string): Quantity {
  switch (unit) {
    case 'seconds':
      return secondsQuantity(value);
    case 'ratio':
      return percentQuantity(value, value > 0 && value < 0.01 ? 2 : 1);
    case 'bytes':
      return memoryQuantity(value);
    case 'bytes_per_second':
      return bitRateQuantity(value * 8);
    case 'bits_per_second':
      return bitRateQuantity(value);
    case 'hertz':
      return scaled(value, 1_000, ['Hz', 'kHz', 'MHz', 'GHz']);
    case 'per_second':
      return { value: rateNumber(value), unit: '/s' };
    default:
      return { value: Number.isInteger(value) ? formatCount(value) : smallNumber(value), unit: '' };
  }
}

/** How often a second, also far below once: 0.017, 36.0, 4,312. */
export function rateNumber(perSecond: number): string {
  return perSecond >= 100 ? formatCount(perSecond) : smallNumber(perSecond);
}

export function joined({ value, unit }: Quantity): string {
  return unit === '' ? value : unit.startsWith('/') ? `${value}${unit}` : `${value}${UNIT_SPACE}${unit}`;
}

function scaled(value: number, base: number, units: readonly string[]): Quantity {
  let rest = value;
  let i = 0;
  while (Math.abs(rest) >= base && i < units.length - 1) {
    rest /= base;
    i++;
  }
  return { value: i === 0 ? formatCount(rest) : threeDigits(rest), unit: units[i] ?? '' };
}

function smallNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 0.995) return threeDigits(value);
  if (size >= 0.0995) return withMinus(value.toFixed(2));
  if (size < 0.0005) return value < 0 ? `>${MINUS}0.001` : '<0.001';
  return withMinus(value.toFixed(3));
}

function withMinus(text: string): string {
  return text.replace('-', MINUS);
}
