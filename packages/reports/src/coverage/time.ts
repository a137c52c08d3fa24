/** Milliseconds, or seconds where the number is too small for them. */
export function timeOf(text: string | undefined): Date {
  const value = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return new Date(value < 100_000_000_000 ? value * 1000 : value);
}
