import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';

/** Tells our comment from all others; invisible when rendered. */
const MARKER = '<!-- golden-image: gate-approval -->';

/** GitHub refuses longer comments. */
const LONGEST_COMMENT = 65_536;

/**
 * Writes the report as a comment on a pull request, over the one of an earlier run where there is one.
 *
 * @returns the comment's address
 */
export async function upsertComment(
  api: GitHubApi,
  name: RepositoryName,
  pull: number,
  markdown: string,
): Promise<string> {
  const body = `${MARKER}\n${shorten(markdown)}`;
  const list = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const comments = await api.paginate(list, { ...name, issue_number: pull, per_page: PAGE });
  // Anyone may write the marker: only a comment of a bot is ours.
  const own = comments.find((comment) => comment.body?.startsWith(MARKER) && comment.user?.type === 'Bot');
  if (own) {
    const change = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
    return (await api.request(change, { ...name, comment_id: own.id, body })).data.html_url;
  }
  const create = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  return (await api.request(create, { ...name, issue_number: pull, body })).data.html_url;
}

function shorten(markdown: string): string {
  const room = LONGEST_COMMENT - MARKER.length - 200;
  return markdown.length <= room
    ? markdown
    : `${markdown.slice(0, markdown.lastIndexOf('\n', room))}\n\n… The rest is in the job summary.`;
}
