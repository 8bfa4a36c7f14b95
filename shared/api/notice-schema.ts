import { z } from 'zod';

/** A notification of the desktop: what a person is told who is not looking at the window. */
export const desktopNoticeSchema = z.object({
  /** `Web shop #12 failed on main` */
  title: z.string().max(200),
  body: z.string().max(500),
  /** What a click opens. */
  runId: z.string(),
});
export type DesktopNotice = z.infer<typeof desktopNoticeSchema>;
