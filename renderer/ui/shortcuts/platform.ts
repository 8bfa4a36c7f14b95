/** Whether this is a Mac, where `mod` is the Cmd key. */
export const isMac = /^mac/i.test(navigator.platform);
