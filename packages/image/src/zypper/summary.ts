import { SaxesParser } from 'saxes';

/** A package that zypper means to install. */
export interface Solvable {
  readonly name: string;
  /** `[epoch:]version-release` */
  readonly edition: string;
  readonly architecture: string;
}

/** What `zypper --xmlout install --dry-run` printed. */
export interface Summary {
  readonly packages: readonly Solvable[];
  /** Messages of the kind `error`, and the problems of the solver. */
  readonly errors: readonly string[];
}

/** Patterns and products are not files: only packages count. Source: zypper's `xmlout.rnc`. */
export function parseSummary(text: string): Summary {
  const packages: Solvable[] = [];
  const errors: string[] = [];
  let inside = '';
  let message: 'error' | undefined;
  let content = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (chunk) => {
    content += chunk;
  });
  parser.on('opentag', ({ name, attributes }) => {
    content = '';
    if (name.startsWith('to-')) {
      inside = name;
    }
    if (name === 'solvable' && attributes.type === 'package' && /^to-(install|upgrade)/.test(inside)) {
      packages.push({
        name: String(attributes.name ?? ''),
        edition: String(attributes.edition ?? ''),
        architecture: String(attributes.arch ?? ''),
      });
    }
    if (name === 'message') {
      message = attributes.type === 'error' ? 'error' : undefined;
    }
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'message' && message === 'error') {
      errors.push(content.trim());
    }
    if (name === 'description' && /problem|nothing provides|conflict/i.test(content)) {
      errors.push(content.trim());
    }
    if (name === inside) {
      inside = '';
    }
  });
  parser.write(text).close();
  return { packages, errors: errors.filter((line) => line !== '') };
}
