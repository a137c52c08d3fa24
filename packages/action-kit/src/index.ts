export { actionsLog } from './actions-log.ts';
export { type ActionDefinition, type ActionOutcome, defineAction, type InputsOf } from './definition.ts';
export { aptTools } from './host-tools.ts';
export { choice, flag, type InputDeclaration, integer, list, seconds, secret, text } from './inputs.ts';
export { code, escapeMarkdown, link, seconds as formatSeconds, table } from './markdown.ts';
export { actionMetadata, readmeTables } from './metadata.ts';
export { parseInputs } from './parse.ts';
export { runAction } from './run.ts';
export { toolCache } from './tool-cache.ts';
