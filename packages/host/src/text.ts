/**
 * Makes outside text harmless to print on a runner's log: no line of it can act as a workflow command
 * (`::name::` or the older `##[name]`), move the cursor or colour the terminal.
 *
 * The runner trims a line before it looks for `::`, and finds `##[` anywhere in the line
 * (actions/runner, ActionCommand.cs), so both are broken with a zero-width space.
 */
export function neutralise(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/:(?=:)/g, ':\u200b')
    .replace(/##\[/g, '##\u200b[');
}
