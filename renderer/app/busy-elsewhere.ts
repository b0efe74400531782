/** What closes with Escape itself. A message in the corner is a dialog that takes nothing. */
const open =
  ':is([role="dialog"], [role="alertdialog"]):not([aria-modal="false"]), [role="menu"], [role="listbox"]'

/** Escape belongs to something that is open. A list that was open once stays in the page, hidden. */
export const isBusyElsewhere = (): boolean =>
  [...document.querySelectorAll(open)].some((each) => each.checkVisibility())
