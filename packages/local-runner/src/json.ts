/** What expressions and outputs are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as GitHub writes it into a text: null is empty, an object or a list is its kind. */
export function asText(value: Json): string {
  if (value === null) {
    return '';
  }
  if (typeof value === 'object') {
    return Array.isArray(value) ? 'Array' : 'Object';
  }
  return String(value);
}

/** Truth as expressions see it: empty text, 0 and null are false. */
export function isTrue(value: Json): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}
