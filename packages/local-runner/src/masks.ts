/**
 * Replaces secrets by `***`. As in actions/runner (HostContext.cs) each value is also known in the forms that
 * programs commonly print it in: every line of it, base64 at each of the three offsets, JSON, URI and XML escapes.
 */
export class Masks {
  readonly #values = new Set<string>();
  /** Longest first, so that no end of a long secret stays when a short one is part of it. */
  #ordered: string[] = [];

  add(secret: string): void {
    for (const value of [secret, ...secret.split(/[\r\n]+/)]) {
      if (value.trim() !== '') {
        for (const form of forms(value)) {
          this.#values.add(form);
        }
      }
    }
    this.#ordered = [...this.#values].sort((a, b) => b.length - a.length);
  }

  apply(text: string): string {
    let masked = text;
    for (const value of this.#ordered) {
      if (masked.includes(value)) {
        masked = masked.replaceAll(value, '***');
      }
    }
    return masked;
  }

  /** Whether a text holds a secret: such an output is not handed to another job. */
  hides(text: string): boolean {
    return this.#ordered.some((value) => text.includes(value));
  }
}

function forms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const xml = value.replace(/[&<>"']/g, (character) => XML[character] ?? character);
  return [value, json, encodeURIComponent(value), xml, ...base64Forms(value)].filter((form) => form !== '');
}

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The part of a base64 text that depends on the value only, wherever in the encoded bytes it begins. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((offset) => {
    const kept = bytes.subarray(offset === 0 ? 0 : 3 - offset);
    const whole = kept.subarray(0, kept.length - (kept.length % 3));
    const encoded = [
      bytes.length > 0 && offset === 0 ? bytes.toString('base64') : '',
      whole.toString('base64'),
    ];
    // Shorter pieces would mask ordinary text.
    return encoded.filter((form) => form.length >= 8);
  });
}
