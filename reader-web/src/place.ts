// Where the page is: what browsers keep by the origin is told apart by the folder.

/** What this page's storage is called. Another page at the same origin, a trial of it, has storage of its own. */
export const PLACE = `coffret-reader ${new URL('.', location.href).pathname}`;
