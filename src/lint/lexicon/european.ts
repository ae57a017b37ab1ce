import type { PhraseGroup } from './phrase-group.ts';

/** The commonest vague phrases of four languages. Never surer than medium: nobody measured them on real files. */
export const portuguese: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: `
      corretamente, adequadamente, apropriadamente, devidamente, perfeitamente, como/conforme esperado,
      de forma/maneira/modo adequada/correta/apropriada/segura/clara/elegante/amigável/consistente/intuitiva,
      adequado/adequada/adequados/adequadas, apropriado/apropriada/apropriados/apropriadas,
      correta/correto/corretas/corretos`,
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: `
      intuitivo/intuitiva/intuitivos/intuitivas, amigável/amigáveis, claro/claros/clara/claras,
      profissional/profissionais, moderno/moderna/modernos/modernas, robusto/robusta, essencial/essenciais,
      de? alta qualidade, boa qualidade, útil/úteis, significativo/significativa, previsível/previsíveis, limpo/limpa,
      compreensível/compreensíveis, organizado/organizada, relevante/relevantes, eficaz`,
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: `
      visualmente, atraente/atraentes, agradável/agradáveis, bonito/bonita, harmonioso/harmoniosa, em destaque,
      fluida/fluido/fluidas/fluidos, suave/suaves, suavemente, elegante/elegantes, experiência do/de usuário/uso,
      fácil de usar/ler/entender, legível/legíveis, legibilidade, poluição visual`,
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: `
      rápido/rápida/rápidos/rápidas, rapidamente, responsivo/responsiva/responsivos/responsivas, responsividade,
      eficiente/eficientes, performático/performática, boa performance, leve/leves, vários/várias, muitos/muitas,
      alguns/algumas, mínimo de/impacto`,
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: `
      casos extremos/limite/limites, casos de borda/uso/erro, todos os cenários/casos/erros, sem regressão/regressões,
      sem quebrar _, continua/continuam funcionando, ainda funciona/funcionam,
      não altera/alteram/quebra/quebram/muda/mudam/afeta/afetam o? comportamento/funcionalidade/funcionalidades/nada,
      comportamento existente/atual, funcionalidade/funcionalidades existente/existentes/atual/atuais, tudo,
      abrangente/abrangentes`,
  },
  {
    rule: 'open-list',
    family: 'tail',
    confidence: 'medium',
    phrases: `etc, entre/dentre outros/outras, e outros/outras, e assim por diante`,
  },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: `
      se/quando/caso/conforme/onde necessário/possível/aplicável/desejado, conforme a? necessidade, opcionalmente,
      ou similar/semelhante/equivalente, idealmente, preferencialmente, de preferência, se fizer sentido`,
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: `
      padrão/padrões existente/existentes/atual/visual/do, mesmo padrão/estilo, mesma identidade/linha,
      seguindo/segue/seguem/seguir o/os? padrão/padrões/estilo/design,
      consistente/consistentes/coerente/coerentes com, boas/melhores práticas, identidade visual`,
  },
  {
    rule: 'external-ref',
    family: 'document',
    confidence: 'medium',
    phrases: `
      conforme o/a? design/layout/figma/mockup/protótipo/especificação/documento/documentação/prd,
      de acordo com o/a design/layout/figma/mockup/protótipo/especificação/documentação`,
  },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: `
      funciona, funcionam, funcionando, funcional/funcionais, operacional, tratamento de erro/erros, lida/lidar com,
      trata/tratar erros`,
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'medium',
    phrases: `
      verificar/testar/validar/conferir/verificado/testado/validado no/em navegador/browser, manualmente,
      verificação/teste/validação visual/manual, verificar/validar visualmente`,
  },
  {
    rule: 'prose-quality',
    family: 'conveys',
    confidence: 'medium',
    phrases: `transmite/transmitir/transmitem, comunica/comunicar, tom de, reflete/refletir`,
  },
  {
    rule: 'open-decision',
    family: 'strong',
    confidence: 'medium',
    phrases: `avaliar, investigar, decidir, analisar, revisar, auditar, escolher, pesquisar`,
  },
  {
    rule: 'approval',
    family: 'verdict',
    confidence: 'medium',
    phrases: `aprovado/aprovada por/pelo/pela, aprovação do/da/de cliente/equipe/usuário`,
  },
];

export const spanish: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: `
      correctamente, adecuadamente, apropiadamente, debidamente, perfectamente, como se espera, según lo esperado,
      de forma/manera/modo adecuada/correcta/apropiada/segura/clara/elegante/amigable,
      adecuado/adecuada/adecuados/adecuadas, apropiado/apropiada/apropiados/apropiadas,
      correcto/correcta/correctos/correctas`,
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: `
      intuitivo/intuitiva, amigable/amigables, claro/claros/clara/claras, profesional/profesionales, moderno/moderna,
      robusto/robusta, esencial/esenciales, de? alta calidad, buena calidad, útil/útiles, significativo/significativa,
      predecible/predecibles, limpio/limpia, comprensible/comprensibles, relevante/relevantes`,
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: `
      visualmente, atractivo/atractiva/atractivos/atractivas, agradable/agradables, bonito/bonita, fluido/fluida,
      suave/suaves, suavemente, elegante/elegantes, experiencia de/del usuario, fácil de usar/leer/entender,
      legible/legibles, legibilidad`,
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: `
      rápido/rápida/rápidos/rápidas, rápidamente, eficiente/eficientes, responsivo/responsiva, ligero/ligera,
      buen rendimiento, varios/varias, muchos/muchas, algunos/algunas`,
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: `
      casos límite/extremos, casos de borde/error/uso, todos los escenarios/casos/errores, sin regresiones,
      sin romper _, sigue/siguen funcionando, continúa/continúan funcionando, comportamiento existente/actual,
      funcionalidad/funcionalidades existente/existentes, exhaustivo/exhaustiva`,
  },
  {
    rule: 'open-list',
    family: 'tail',
    confidence: 'medium',
    phrases: `entre otros/otras, y otros/otras, y así sucesivamente`,
  },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: `
      si/cuando/donde/según es/sea? necesario/posible/corresponda/aplique/aplicable, si hace falta, opcionalmente,
      o similar/equivalente, idealmente, preferiblemente, de preferencia`,
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: `
      patrón/patrones existente/existentes/actual/actuales, mismo patrón/estilo,
      siguiendo/sigue/seguir el/los? patrón/patrones/estilo/diseño, consistente/coherente con,
      buenas/mejores prácticas, identidad visual`,
  },
  {
    rule: 'external-ref',
    family: 'document',
    confidence: 'medium',
    phrases: `
      según el/la diseño/mockup/prototipo/especificación/documento/documentación,
      de acuerdo con/al el/la? diseño/mockup/prototipo/especificación/documentación`,
  },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: `
      funciona, funcionan, funcionando, funcional/funcionales, operativo/operativa, manejo/gestión de errores,
      maneja/manejar errores`,
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'medium',
    phrases: `verificar/probar/validar/verificado/probado en el? navegador, verificación/prueba visual/manual`,
  },
  {
    rule: 'prose-quality',
    family: 'conveys',
    confidence: 'medium',
    phrases: `transmite/transmitir/transmiten, comunica/comunicar, refleja/reflejar`,
  },
  {
    rule: 'open-decision',
    family: 'strong',
    confidence: 'medium',
    phrases: `evaluar, investigar, decidir, analizar, revisar, auditar, elegir`,
  },
  {
    rule: 'approval',
    family: 'verdict',
    confidence: 'medium',
    phrases: `aprobado/aprobada por, aprobación del/de cliente/equipo/usuario`,
  },
];

export const french: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: `
      correctement, convenablement, proprement, gracieusement, parfaitement, comme prévu/attendu,
      de façon/manière appropriée/correcte/adéquate/claire/élégante/cohérente,
      approprié/appropriée/appropriés/appropriées, adéquat/adéquate, correct/correcte/correctes`,
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: `
      intuitif/intuitive, convivial/conviviale, clair/claire/clairs/claires, professionnel/professionnelle,
      moderne/modernes, robuste/robustes, essentiel/essentielle/essentiels/essentielles, de haute qualité,
      haute qualité, utile/utiles, pertinent/pertinente/pertinents/pertinentes, significatif/significative,
      prévisible/prévisibles, compréhensible/compréhensibles, cohérent/cohérente/cohérents/cohérentes,
      naturel/naturelle`,
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: `
      visuellement, attrayant/attrayante, agréable/agréables, harmonieux/harmonieuse, fluide/fluides,
      élégant/élégante, expérience utilisateur, facile à utiliser/lire/comprendre, lisible/lisibles, lisibilité`,
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: `
      rapide/rapides, rapidement, efficace/efficaces, performant/performante, réactif/réactive, léger/légère,
      responsive, plusieurs, nombreux/nombreuses, quelques, bonnes performances`,
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: `
      cas limites/limite/extrêmes, cas aux limites, tous les scénarios/cas, sans régression/régressions,
      pas/aucune de? régression, sans casser _, fonctionne/fonctionnent toujours, comportement existant/actuel,
      fonctionnalité/fonctionnalités existante/existantes, exhaustif/exhaustive`,
  },
  { rule: 'open-list', family: 'tail', confidence: 'medium', phrases: `entre autres, et autres, et ainsi de suite` },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: `
      si nécessaire/possible/applicable/besoin/pertinent, au besoin, le cas échéant, si besoin,
      lorsque c'est possible, facultatif, ou similaire/équivalent, idéalement, de préférence`,
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: `
      conventions existantes, style existant, même style/modèle,
      suivant/suit/suivre le/les? style/modèle/conventions/patterns, cohérent/cohérente avec, bonnes pratiques,
      meilleures pratiques, charte graphique, identité visuelle`,
  },
  {
    rule: 'external-ref',
    family: 'document',
    confidence: 'medium',
    phrases: `
      selon la/le/les maquette/maquettes/design/spécification/spécifications/documentation,
      conforme/conformément à/au/aux la/le? maquette/maquettes/design/spécification/spécifications/documentation,
      maquette/maquettes`,
  },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: `
      fonctionne, fonctionnent, fonctionnel/fonctionnelle/fonctionnels/fonctionnelles, opérationnel/opérationnelle,
      gestion des/d' erreurs, gère les erreurs`,
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'medium',
    phrases: `
      vérifier/tester/vérifié/testé dans/sur le/un? navigateur, manuellement,
      vérification/test visuel/visuelle/manuel/manuelle`,
  },
  {
    rule: 'prose-quality',
    family: 'conveys',
    confidence: 'medium',
    phrases: `transmet/transmettre, communique/communiquer, reflète/refléter, ton du/de`,
  },
  {
    rule: 'open-decision',
    family: 'strong',
    confidence: 'medium',
    phrases: `évaluer, étudier, décider, analyser, auditer, choisir, rechercher`,
  },
  {
    rule: 'approval',
    family: 'verdict',
    confidence: 'medium',
    phrases: `approuvé/approuvée/validé/validée par, validation/approbation du/de client/équipe/utilisateur`,
  },
];

export const german: readonly PhraseGroup[] = [
  {
    rule: 'vague-adverb',
    family: 'manner',
    confidence: 'medium',
    phrases: `
      korrekt, korrekte/korrekten, ordnungsgemäß, angemessen/angemessene/angemessenen, sauber, richtig, wie erwartet,
      sinnvoll/sinnvolle/sinnvollen, passend/passende/passenden, geeignet/geeignete/geeigneten, einwandfrei,
      reibungslos`,
  },
  {
    rule: 'vague-quality',
    family: 'core',
    confidence: 'medium',
    phrases: `
      intuitiv/intuitive, benutzerfreundlich/benutzerfreundliche, klar/klare/klaren,
      verständlich/verständliche/verständlichen, professionell/professionelle, modern/moderne, robust/robuste,
      hochwertig/hochwertige, hilfreich/hilfreiche, aussagekräftig/aussagekräftige/aussagekräftigen,
      konsistent/konsistente, übersichtlich/übersichtliche`,
  },
  {
    rule: 'subjective-ux',
    family: 'core',
    confidence: 'medium',
    phrases: `
      optisch, ansprechend/ansprechende, schön/schöne, elegant/elegante, flüssig/flüssige, gut lesbar, lesbar,
      lesbarkeit, benutzererlebnis, leicht zu bedienen/lesen/verstehen`,
  },
  {
    rule: 'no-threshold',
    family: 'speed',
    confidence: 'medium',
    phrases: `
      schnell/schnelle/schneller, zügig, effizient/effiziente, performant/performante, responsiv, leichtgewichtig,
      mehrere, viele, einige, verschiedene`,
  },
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'medium',
    phrases: `
      randfälle/randfällen, grenzfälle/grenzfällen, alle szenarien/fälle/fehler, keine regression/regressionen,
      funktioniert/funktionieren weiterhin, bestehende funktionalität/funktionen, bestehendes verhalten, alles,
      umfassend/umfassende`,
  },
  { rule: 'open-list', family: 'tail', confidence: 'medium', phrases: `usw, und so weiter, u.a, und andere` },
  {
    rule: 'escape-hatch',
    family: 'condition',
    confidence: 'medium',
    phrases: `
      bei bedarf, falls/wenn/wo/soweit nötig/möglich/erforderlich/sinnvoll, gegebenenfalls, ggf, idealerweise,
      vorzugsweise, oder ähnlich/ähnliches/vergleichbar`,
  },
  {
    rule: 'pattern-ref',
    family: 'pattern',
    confidence: 'medium',
    phrases: `
      bestehende/bestehenden/vorhandene/vorhandenen muster/stil/konventionen/mustern,
      gleiche/gleicher/gleichen stil/muster, konsistent mit, best practices`,
  },
  {
    rule: 'external-ref',
    family: 'document',
    confidence: 'medium',
    phrases: `gemäß design/entwurf/spezifikation/dokumentation, laut design/entwurf/spezifikation/dokumentation`,
  },
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'medium',
    phrases: `funktioniert, funktionieren, funktionsfähig, fehlerbehandlung`,
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'medium',
    phrases: `im browser prüfen/testen/verifizieren, manuell, manuelle prüfung, visuelle prüfung`,
  },
  { rule: 'prose-quality', family: 'conveys', confidence: 'medium', phrases: `vermittelt/vermitteln` },
  {
    rule: 'open-decision',
    family: 'strong',
    confidence: 'medium',
    phrases: `evaluieren, untersuchen, entscheiden, analysieren, bewerten`,
  },
  {
    rule: 'approval',
    family: 'verdict',
    confidence: 'medium',
    phrases: `genehmigt von, freigabe durch, abgenommen von`,
  },
];
