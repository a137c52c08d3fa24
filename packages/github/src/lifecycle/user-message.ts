/** What users are told of a version. */
export interface UserMessage {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Hidden in the text; finds the issue again. */
  readonly marker: string;
  /** Open while users have something to do. */
  readonly issueState: 'open' | 'closed';
  /** Of the release whose note says the same. */
  readonly tag: string;
}
