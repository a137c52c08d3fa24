import type { GithubApi } from './client.ts';
import type { UserMessage } from './user-message.ts';

const MAX_PAGES = 10;

interface Issue {
  readonly number: number;
  readonly body?: string | null;
  readonly state: string;
  readonly pull_request?: unknown;
}

/** One issue a version, found again by a marker in its text: written anew, opened and closed as its state asks. */
export async function upsertIssue(api: GithubApi, message: UserMessage): Promise<string> {
  const found = await findIssue(api, message.marker);
  const body = `${message.body}\n\n${message.marker}\n`;
  if (found && found.body?.replaceAll('\r\n', '\n') === body && found.state === message.issueState) {
    return `Issue #${found.number} says so already`;
  }
  if (found) {
    await api.request('PATCH', `/issues/${found.number}`, {
      title: message.title,
      body,
      state: message.issueState,
    });
    return `Issue #${found.number} updated: ${message.title}`;
  }
  const { data } = await api.request('POST', '/issues', {
    title: message.title,
    body,
    labels: ['image-lifecycle'],
  });
  const { number } = data as Issue;
  if (message.issueState === 'closed') {
    await api.request('PATCH', `/issues/${number}`, { state: 'closed' });
  }
  return `Issue #${number} opened: ${message.title}`;
}

async function findIssue(api: GithubApi, marker: string): Promise<Issue | undefined> {
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await api.request(
      'GET',
      `/issues?state=all&labels=image-lifecycle&per_page=100&page=${page}`,
    );
    const issues = Array.isArray(data) ? (data as Issue[]) : [];
    const found = issues.find((issue) => issue.pull_request === undefined && issue.body?.includes(marker));
    if (found || issues.length < 100) {
      return found;
    }
  }
  return undefined;
}
