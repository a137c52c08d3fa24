export { type BuildRequest, type BuildResult, buildImage } from './build.ts';
export { jsonSchema, parseDefinition } from './definition/parse.ts';
export type { Definition } from './definition/schema.ts';
export { BUILD_TOOLS } from './tools.ts';
