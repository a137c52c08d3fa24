import type { GithubApi } from './client.ts';
import type { UserMessage } from './user-message.ts';

const BEGIN = '<!-- image-lifecycle -->';
const END = '<!-- /image-lifecycle -->';

/** Writes the state into the note of the release `<image>-<version>`; the rest of the note stays. */
export async function noteRelease(api: GithubApi, message: UserMessage): Promise<string> {
  const { status, data } = await api.request('GET', `/releases/tags/${encodeURIComponent(message.tag)}`);
  if (status === 404) {
    return `There is no release ${message.tag}: no note was written`;
  }
  const release = data as { readonly id: number; readonly body?: string | null };
  const old = release.body ?? '';
  const block = `${BEGIN}\n${message.body}\n${END}`;
  const begin = old.indexOf(BEGIN);
  const end = old.indexOf(END);
  const body =
    begin >= 0 && end > begin
      ? `${old.slice(0, begin)}${block}${old.slice(end + END.length)}`
      : `${old.trimEnd()}\n\n${block}\n`.trimStart();
  if (body === old) {
    return `The release ${message.tag} says so already`;
  }
  await api.request('PATCH', `/releases/${release.id}`, { body });
  return `Note of the release ${message.tag} updated`;
}
