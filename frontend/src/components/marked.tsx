import { fold } from '@/lib/fold';
import classes from './marked.module.css';

/** A text in which what was searched for stands out. Letters are compared without accents, one by one. */
export function Marked({ text, query }: { text: string; query: string }) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const letters = Array.from(text);
  const folded = letters.map((letter) => fold(letter)[0] ?? letter).join('');
  const marks = new Set<number>();
  for (const word of words) {
    const at = folded.indexOf(word);
    for (let index = at; at >= 0 && index < at + word.length; index += 1) {
      marks.add(index);
    }
  }
  return letters.map((letter, index) =>
    marks.has(index) ? (
      <span key={`${index}`} className={classes.mark}>
        {letter}
      </span>
    ) : (
      letter
    ),
  );
}
