import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '@golden-image/host';

/** Where something is: on this machine or behind HTTP. */
export type Location =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL };

/**
 * Reads a path, a `file:` URL or an http(s) URL.
 *
 * @throws UserError `invalid-location` for any other scheme
 */
export function parseLocation(text: string): Location {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
    return { kind: 'file', path: path.resolve(text) };
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'file:' && url.host === '') {
    return { kind: 'file', path: fileURLToPath(url) };
  }
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    return { kind: 'url', url };
  }
  throw new UserError(`${JSON.stringify(text.slice(0, 200))} is neither a path nor an http or https URL`, {
    code: 'invalid-location',
    fix: 'Pass an https URL, or the path of a file on the runner.',
  });
}

/** For people and for evidence: without user name, password, query and fragment, which may hold access tokens. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

export function shownLocation(location: Location): string {
  return location.kind === 'url' ? shownUrl(location.url) : location.path;
}

/** The last part of the path, decoded; empty when there is none. */
export function baseName(location: Location): string {
  const last = (location.kind === 'url' ? location.url.pathname : location.path).split('/').at(-1) ?? '';
  if (location.kind === 'file') {
    return last;
  }
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A file beside another one, under the same access token where the URL has one. */
export function beside(location: Location, name: string): Location {
  if (location.kind === 'file') {
    return { kind: 'file', path: path.join(path.dirname(location.path), name) };
  }
  const url = new URL(location.url);
  url.pathname = `${url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1)}${encodeURIComponent(name)}`;
  return { kind: 'url', url };
}

/**
 * The name under which a medium is kept: one path component, nothing hidden, nothing that a program takes for an option.
 *
 * @throws UserError `invalid-file-name`
 */
export function mediumFileName(name: string): string {
  if (!/^[A-Za-z0-9_][^/\u0000-\u001f\u007f]{0,199}$/.test(name)) {
    throw new UserError(`The medium has no usable file name: ${JSON.stringify(name.slice(0, 80))}`, {
      code: 'invalid-file-name',
      fix: 'Name it in "filename".',
    });
  }
  return name;
}
