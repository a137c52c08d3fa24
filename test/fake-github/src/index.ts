export type { Fault } from './faults.ts';
export { catalogOperations, operations } from './operations.ts';
export {
  ADMIN_TOKEN,
  commit,
  FORK_TOKEN,
  person,
  sampleRepository,
  sampleWorld,
  WORKFLOW_TOKEN,
  webFlow,
} from './sample.ts';
export { type FakeGitHub, type Options, startFakeGitHub } from './server.ts';
export * from './world.ts';
