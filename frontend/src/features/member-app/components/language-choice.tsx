import { speak, useTexts } from '../texts';
import classes from './language-choice.module.css';

const names = { fr: 'Français', en: 'English' } as const;

export function LanguageChoice({ onChosen }: { onChosen?: (chosen: 'fr' | 'en') => void }) {
  const { t, language } = useTexts();
  return (
    <div className={classes.choice} role="group" aria-label={t('me.language')}>
      {(['fr', 'en'] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          onClick={() => {
            speak(each);
            onChosen?.(each);
          }}
        >
          {names[each]}
        </button>
      ))}
    </div>
  );
}
