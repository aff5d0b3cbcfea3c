/** Puts something on the clipboard; where that is not allowed, saves it as a file. Says what it did. */
export async function copy(content: string | Blob, name: string): Promise<string> {
  try {
    if (typeof content === "string") await navigator.clipboard.writeText(content);
    else await navigator.clipboard.write([new ClipboardItem({ [content.type]: content })]);
    return "Copied.";
  } catch {
    save(typeof content === "string" ? new Blob([content]) : content, name);
    return `Saved as ${name}: this browser does not let the page copy.`;
  }
}

/** Saves a file. Says so. */
export function save(blob: Blob, name: string): string {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return `Saved as ${name}.`;
}
