import { LanguageDescription, type LanguageSupport } from '@codemirror/language';
import { languages } from '@codemirror/language-data';

/** The language of a file by its name, loaded when first asked for; null for one that is not known or cannot be loaded. */
export async function languageOf(path: string): Promise<LanguageSupport | null> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = LanguageDescription.matchFilename(languages, name);
  try {
    return (await found?.load()) ?? null;
  } catch {
    // Colours are no reason to show no text.
    return null;
  }
}
