export { type GithubApi, type GithubOptions, githubApi } from './client.ts';
export { upsertIssue } from './issues.ts';
export { noteRelease } from './release-notes.ts';
export type { UserMessage } from './user-message.ts';
