export { type Clock, fixedClock, systemClock } from './clock.ts';
export { type Confinement, confined } from './confine.ts';
export { describeError, type ErrorDetails, InternalError, ToolError, UserError } from './errors.ts';
export { type Exec, type ExecRequest, type ExecResult, lastLines } from './exec.ts';
export type { FileCache } from './file-cache.ts';
export { type Log, type Progress, silentLog } from './log.ts';
export { createExec } from './node-exec.ts';
export type { Ports } from './ports.ts';
export {
  partialPath,
  publishAtomically,
  removeStalePartials,
  resolveInside,
  withTemporaryFolder,
} from './staging.ts';
export { neutralise } from './text.ts';
export type { HostTool, Tools } from './tools.ts';
