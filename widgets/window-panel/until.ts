const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30.44 * DAY_MS;

/** The time left as a second line beside the dated sentence: `in 12 days`, `in 22 months`. */
export function untilWords(leftMs: number, language: string): string {
  const [amount, unit] = rounded(Math.max(0, leftMs));
  return new Intl.RelativeTimeFormat(language, { style: "long" }).format(amount, unit);
}

/** Rounded down, so that it never promises more than there is. */
function rounded(leftMs: number): [number, Intl.RelativeTimeFormatUnit] {
  if (leftMs < 2 * DAY_MS) return [Math.floor(leftMs / HOUR_MS), "hour"];
  if (leftMs < 90 * DAY_MS) return [Math.floor(leftMs / DAY_MS), "day"];
  return [Math.floor(leftMs / MONTH_MS), "month"];
}
