/** The date alone, UTC, as ISO 8601 writes it. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
