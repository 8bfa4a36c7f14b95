/** Height of one row of text in a log, pixels; `--log-row` in log-lines.module.css is the same. */
export const ROW_PX = 18;
