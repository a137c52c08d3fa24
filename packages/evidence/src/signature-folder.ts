import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What was written, by kind; paths relative to the image folder. */
export interface WrittenFiles {
  readonly checksums: readonly string[];
  readonly signatures: readonly string[];
  readonly bundles: readonly string[];
  readonly attestations: readonly string[];
}

/** The folder `signatures` while it is filled. */
export interface SignatureFolder {
  /** Where it is now. */
  readonly location: string;
  readonly written: WrittenFiles;
  put(kind: keyof WrittenFiles, name: string, content: string | Uint8Array): Promise<void>;
  /** A public key or a trusted root, for convenience: it proves nothing. */
  putKey(name: string, content: string): Promise<void>;
}

export function signatureFolder(location: string): SignatureFolder {
  const written = { checksums: [], signatures: [], bundles: [], attestations: [] } as {
    [K in keyof WrittenFiles]: string[];
  };
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    const file = path.join(location, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  return {
    location,
    written,
    put: async (kind, name, content) => {
      await write(name, content);
      written[kind].push(`signatures/${name}`);
      if (kind === 'attestations') {
        written.bundles.push(`signatures/${name}`);
      }
    },
    putKey: write,
  };
}
