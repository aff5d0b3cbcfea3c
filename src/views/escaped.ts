const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** A text in XML or HTML, or in an attribute in double quotes. Characters that these do not allow are left out. */
export function escaped(content: string): string {
  return content
    .replace(/[&<>"]/g, (it) => escapes[it])
    .replace(
      /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\u{10000}-\u{10ffff}]|\p{Noncharacter_Code_Point}/gu,
      "",
    );
}
