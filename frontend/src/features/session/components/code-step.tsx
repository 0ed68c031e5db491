import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeForm } from './code-form';
import { RecoveryForm } from './recovery-form';

interface CodeStepProps {
  email: string;
  busy: boolean;
  fault: 'used' | 'wrong' | null;
  onSubmit: (code: string) => void;
  onBack: () => void;
  onChange: () => void;
}

/** The code of the phone, or one that was kept for the day on which the phone is lost. */
export function CodeStep({ email, busy, fault, onSubmit, onBack, onChange }: CodeStepProps) {
  const { t } = useTranslation();
  const [lost, setLost] = useState(false);
  const turn = (next: boolean) => () => {
    onChange();
    setLost(next);
  };
  return lost ? (
    <RecoveryForm
      busy={busy}
      fault={fault === null ? null : t('login.wrongRecovery')}
      onSubmit={onSubmit}
      onBack={turn(false)}
    />
  ) : (
    <CodeForm
      email={email}
      busy={busy}
      fault={fault === null ? null : fault === 'used' ? t('login.usedCode') : t('login.wrongCode')}
      onSubmit={onSubmit}
      onBack={onBack}
      onChange={onChange}
      onLost={turn(true)}
    />
  );
}
