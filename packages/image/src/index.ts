export { type BuildRequest, type BuildResult, buildImage } from './build.ts';
export { jsonSchema, parseDefinition } from './definition/parse.ts';
export type { Definition } from './definition/schema.ts';
export { type ExportResult, exportImage } from './export/export-image.ts';
export { EXPORT_FORMATS, type ExportFormat } from './export/format.ts';
