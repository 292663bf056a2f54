// Beside the axes, which bring the large chart library with them.
export const plotLeft = 60;
export const plotRight = 16;
export const plotMargin = { top: 10, right: plotRight, bottom: 0, left: 4 };
/** The share of the axis up to which a label stays within the picture. */
export const lastTick = 0.975;
