import type { CSSProperties } from "react";
import type { Column } from "./table-model.ts";

// Only CSS knows if the reader is on a phone, so both widths are set.
type Widths = CSSProperties & Record<"--wide" | "--phone", string>;
type Sized = Pick<Column<never>, "width" | "phoneWidth" | "grows">;

export const widthClass = "w-(--wide) max-sm:w-(--phone)";
export const tableWidthClass = "min-w-(--wide) max-sm:min-w-(--phone)";

export function columnWidth({ width, phoneWidth = width, grows = false }: Sized): Widths {
  return {
    "--wide": grows ? "auto" : `${width}px`,
    "--phone": grows && phoneWidth > 0 ? "auto" : `${phoneWidth}px`,
  };
}

export function tableWidth(columns: readonly Sized[], extra: number): Widths {
  const wide = columns.reduce((sum, { width }) => sum + width, extra);
  const phone = columns.reduce((sum, { width, phoneWidth = width }) => sum + phoneWidth, extra);
  return columnWidth({ width: wide, phoneWidth: phone });
}

export function hiddenOnPhone({ phoneWidth }: Sized): string | false {
  return phoneWidth === 0 && "max-sm:hidden";
}
