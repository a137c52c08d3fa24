/** Shell text: nothing in the tree is newer than the epoch, `$SOURCE_DATE_EPOCH`. */
export const CLAMP_TIMES = `
find / -xdev -path /mnt -prune -o -newermt "@$SOURCE_DATE_EPOCH" -print0 |
  xargs -0 -r touch --no-dereference --date "@$SOURCE_DATE_EPOCH"
`;
