import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '@/lib/toast';
import { getManyMembers, type ListedMember, type MemberFilter } from './api/lists';

/** Who was ticked, as they were when they were. */
export type Selected = ReadonlyMap<string, ListedMember>;

export interface Selection {
  selected: Selected;
  /** Whether all of this list were ticked, and nobody was left out since. */
  all: boolean;
  toggle: (member: ListedMember) => void;
  /** As many of the list as are given at once; the bar says how many they are. */
  toggleAll: (on: boolean) => void;
  clear: () => void;
}

const nobody: Selected = new Map();

export function useSelection(asked: MemberFilter): Selection {
  const { t } = useTranslation();
  const [selected, setSelected] = useState(nobody);
  const [allOf, setAllOf] = useState<MemberFilter | null>(null);
  const clear = useCallback(() => {
    setSelected(nobody);
    setAllOf(null);
  }, []);
  const toggle = useCallback((member: ListedMember) => {
    setAllOf(null);
    setSelected((before) => {
      const next = new Map(before);
      if (!next.delete(member.id)) {
        next.set(member.id, member);
      }
      return next;
    });
  }, []);
  const toggleAll = useCallback(
    (on: boolean) => {
      if (!on) {
        clear();
        return;
      }
      getManyMembers(asked).then(
        (members) => {
          setSelected(new Map(members.map((member) => [member.id, member])));
          setAllOf(asked);
        },
        () => {
          showToast(t('error.failed'));
        },
      );
    },
    [asked, clear, t],
  );
  const all = allOf === asked && selected.size > 0;
  return useMemo(() => ({ selected, all, toggle, toggleAll, clear }), [selected, all, toggle, toggleAll, clear]);
}
