import { Button } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InlineError } from '@/components/inline-error';
import { Kbd } from '@/components/kbd';
import { formatMoney } from '@/lib/money';
import { useMay } from '@/lib/rights';
import { useShortcuts } from '@/lib/shortcuts';
import { useLanguage } from '@/lib/use-language';
import { usePay, useSell, useUnfreeze } from '../api/commands';
import { usePlans, type Member } from '../api/member';
import { useDates } from '../use-dates';
import type { WayOut } from '../verdict';
import { AdmitDialog } from './admit-dialog';
import { PlanDialog } from './plan-dialog';
import { ResumeDialog } from './reason-dialog';
import classes from './verdict-band.module.css';

interface NextStepProps {
  member: Member;
  way: WayOut;
  /** Only who would be refused needs to be let in by hand. */
  refused: boolean;
}

interface Step {
  title: string;
  help: string;
  button: string;
  pending: boolean;
  error: Error | null;
  /** Whether it only opens what asks for more. */
  asks?: true;
  run: () => void;
}

/** The one blue thing of the desk, and beside it what else may help. */
export function NextStep({ member, way, refused }: NextStepProps) {
  const { t } = useTranslation();
  const mayAdmit = useMay('members.write');
  const mayHelp = useMay(way.kind === 'resume' ? 'members.suspend' : 'memberships.write');
  const [dialog, setDialog] = useState<'admit' | 'plan' | 'resume' | null>(null);
  const step = useStep(member, way, setDialog);
  const run = step?.run;
  useShortcuts(
    useMemo(() => (run === undefined ? [] : [{ key: 'F2', inFields: true, run }]), [run]),
    mayHelp,
  );
  if (!(mayHelp && step !== null) && !(mayAdmit && refused)) {
    return null;
  }
  return (
    <>
      <div className={classes.next}>
        <div className={classes.nextWords}>
          <p className={classes.nextTitle}>{step?.title ?? t('next.none')}</p>
          <p className={classes.nextHelp}>{step?.help ?? t('next.noneHelp')}</p>
        </div>
        <div className={classes.nextActions}>
          {refused && mayAdmit && (
            <Button
              variant="subtle"
              color="gray"
              className={classes.second}
              onClick={() => {
                setDialog('admit');
              }}
            >
              {t('next.admit')}
            </Button>
          )}
          {way.kind === 'renew' && mayHelp && step?.asks === undefined && (
            <Button
              variant="default"
              className={classes.second}
              onClick={() => {
                setDialog('plan');
              }}
            >
              {t('next.otherPlan')}
            </Button>
          )}
          {step !== null && mayHelp && (
            <Button
              className={classes.big}
              loading={step.pending}
              rightSection={<Kbd>F2</Kbd>}
              onClick={step.run}
            >
              {step.button}
            </Button>
          )}
        </div>
      </div>
      {step?.error != null && (
        <div className={classes.error}>
          <InlineError error={step.error} />
        </div>
      )}
      {dialogOf(dialog, member, way, () => {
        setDialog(null);
      })}
    </>
  );
}

function dialogOf(dialog: string | null, member: Member, way: WayOut, close: () => void): ReactNode {
  switch (dialog) {
    case 'admit':
      return <AdmitDialog member={member} onClose={close} />;
    case 'plan':
      return way.kind === 'renew' ? (
        <PlanDialog member={member} startsOn={way.startsOn} onClose={close} />
      ) : null;
    case 'resume':
      return <ResumeDialog member={member} onClose={close} />;
    default:
      return null;
  }
}

/** Nobody is moved to another plan unseen, nor let in again without a reason. */
function asking(words: Pick<Step, 'title' | 'help' | 'button'>, run: () => void): Step {
  return { ...words, pending: false, error: null, asks: true, run };
}

function useStep(member: Member, way: WayOut, onDialog: (which: 'plan' | 'resume') => void): Step | null {
  const { t } = useTranslation();
  const language = useLanguage();
  const dates = useDates();
  const plans = usePlans();
  const sell = useSell(member.id);
  const pay = usePay(member.id);
  const unfreeze = useUnfreeze(member.id);
  switch (way.kind) {
    case 'renew': {
      const known = plans.data?.items ?? [];
      const before = known.find(({ id }) => id === way.planId);
      if (before?.retired === true) {
        const words = {
          title: t('next.retired', { plan: before.name }),
          help: t('next.retiredHelp'),
          button: t('next.choosePlan'),
        };
        return asking(words, () => {
          onDialog('plan');
        });
      }
      const plan = before ?? known.find(({ retired }) => !retired);
      return plan === undefined
        ? null
        : {
            title: t(member.memberships.length === 0 ? 'next.sell' : 'next.renew', { plan: plan.name }),
            help: dates(way.startsOn, plan),
            button: t('next.take', { money: formatMoney(plan.price, language) }),
            pending: sell.pending,
            error: sell.error,
            run: () => {
              sell.run({ planId: plan.id, startsOn: way.startsOn, paid: true });
            },
          };
    }
    case 'pay':
      return {
        title: t('next.pay', { plan: way.membership.planName }),
        help: t('next.opensAtOnce'),
        button: t('next.take', { money: formatMoney(way.membership.price, language) }),
        pending: pay.pending,
        error: pay.error,
        run: () => {
          pay.run(way.membership.id);
        },
      };
    case 'unfreeze':
      return {
        title: t('next.frozen', { plan: way.membership.planName }),
        help: t('next.opensAtOnce'),
        button: t('next.unfreeze'),
        pending: unfreeze.pending,
        error: unfreeze.error,
        run: () => {
          unfreeze.run(way.membership.id);
        },
      };
    case 'resume':
      return asking(
        { title: t('next.suspended'), help: t('next.suspendedHelp'), button: t('next.resume') },
        () => {
          onDialog('resume');
        },
      );
    case 'none':
      return null;
  }
}
