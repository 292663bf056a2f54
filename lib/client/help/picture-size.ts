/** Pixels of every picture of the help. Pages reserve the room before one has loaded, so that a link to a heading lands there. */
export const pictureSize = { width: 1280, height: 800 };
