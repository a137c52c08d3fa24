import type { Definition } from '../definition/schema.ts';
import { diskSource } from './disk-source.ts';
import type { ImageSource } from './image-source.ts';
import { installerSource } from './installer-source.ts';
import { packageSource } from './package-source.ts';

/** What each value of `source` in a definition stands for. */
export const SOURCES: Readonly<Record<Definition['source'], ImageSource>> = {
  medium: packageSource,
  repository: packageSource,
  disk: diskSource,
  installer: installerSource,
};
