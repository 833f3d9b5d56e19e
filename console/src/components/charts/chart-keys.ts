/** What a chart with a cursor says of its keys. */
export const CURSOR_KEYS = 'Arrow keys move the cursor.';
/** The same of one that can be zoomed. */
export const ZOOM_KEYS = `${CURSOR_KEYS} Shift and arrows choose a time, Enter zooms into it, Z leads out.`;
