import type { Language } from '../text/language.ts';

/** Words that betray a Latin-script language. English comes first, so that it wins a tie. */
const lists: readonly (readonly [Language, string])[] = [
  [
    'en',
    `the a an is are and of to in for with on when from by not be or if has have shows show all each that this as at it no only must
    should can after before without into per using displays returns add create update use user users new test tests page button
    works supports exists file files error errors passes list data same other any via`,
  ],
  [
    'pt',
    `não são com para uma um dos das na nos nas ao aos pelo pela ou se é está estão todos todas mais os as que em do da de e o por sem
    quando já também deve após até seu sua exibe mostra usuário página botão criar adicionar existe funciona cada texto deve lista`,
  ],
  [
    'es',
    `el los las una un con para que del y se al por sin cuando según debe está están son todos todas más lo su en de la usuario página
    botón crear añadir agregar muestra existe funciona cada texto`,
  ],
  [
    'fr',
    `le les des une un du avec pour dans est et sur qui que au aux par sans sont ou ne pas ce cette tous toutes la de en affiche page
    utilisateur créer ajouter fonctionne chaque bouton lors`,
  ],
  [
    'de',
    `der die das und ist mit für nicht ein eine einen auf bei wird werden von zu den dem des im oder wenn nach aus alle kann zeigt
    seite benutzer`,
  ],
  [
    'it',
    `il gli che di con per una un è sono non del della nel nella alla e le i dei delle viene quando utente pagina pulsante`,
  ],
  [
    'other',
    `het een van en niet wordt met voor bij zijn op te als naar och att är för med inte som på till ve bir için ile olarak w nie
    jest się na z do oraz przez dla khi các và được không cho trên`,
  ],
];

/** Word → the languages it speaks for. */
export const functionWords: ReadonlyMap<string, readonly Language[]> = byWord();

function byWord(): ReadonlyMap<string, readonly Language[]> {
  const words = new Map<string, Language[]>();
  for (const [language, list] of lists) {
    for (const word of list.split(/\s+/)) words.set(word, [...(words.get(word) ?? []), language]);
  }
  words.delete('');
  return words;
}
