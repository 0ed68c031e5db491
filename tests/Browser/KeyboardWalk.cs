namespace SmartClub.Tests.Browser;

/// <summary>What a page looks like to somebody who has no mouse.</summary>
internal static class KeyboardWalk
{
    /// <summary>
    /// Marks everything that can be used and writes down what the keyboard comes to; returns how many there are.
    /// </summary>
    public const string Mark =
        """
        () => {
          const usable = 'a[href], button, input, select, textarea, summary, [tabindex]';
          const looks = (node) => {
            const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(node);
            return [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, borderColor, backgroundColor].join(' ');
          };
          const around = (node) => [node, node.parentElement, node.parentElement?.parentElement, ...node.children]
            .filter((one) => one instanceof Element);
          document.activeElement?.blur();
          const groups = new Set();
          const found = [...document.querySelectorAll(usable)].filter((node) => {
            const isRadio = node.type === 'radio';
            const isSeen = node.checkVisibility({ visibilityProperty: true });
            if (node.tabIndex < 0 || node.disabled || !isSeen || node.closest('[inert], [hidden]') !== null
              || (isRadio && groups.has(node.name))) {
              return false;
            }
            if (isRadio) {
              groups.add(node.name);
            }
            return true;
          });
          const before = new Map(found.map((node) => [node, around(node).map(looks).join()]));
          const reached = new Set();
          const unseen = new Set();
          window.storyWalk = { found, reached, unseen, left: false };
          document.addEventListener('focusin', ({ target }) => {
            reached.add(target);
            if (before.has(target) && around(target).map(looks).join() === before.get(target)) {
              unseen.add(target);
            }
          });
          document.addEventListener('focusout', ({ relatedTarget }) => {
            window.storyWalk.left ||= relatedTarget === null;
          });
          return found.length;
        }
        """;

    /// <summary>What was never reached, what did not show that it was, and whether there was a way out.</summary>
    public const string Missed =
        """
        () => {
          const { found, reached, unseen, left } = window.storyWalk;
          const groupReached = (node) => node.type === 'radio'
            && [...reached].some((other) => other.type === 'radio' && other.name === node.name);
          const words = (node) => node.outerHTML.slice(0, 160);
          return [
            ...found.filter((node) => node.isConnected && !reached.has(node) && !groupReached(node))
              .map((node) => `never reached: ${words(node)}`),
            ...[...unseen].map((node) => `focus cannot be seen: ${words(node)}`),
            ...(left ? [] : ['there is no way out by Tab']),
          ];
        }
        """;
}
