"""Many applicants one after another: who is due, a rehearsal of each before the first form is opened, then one browser, one
login, form by form; a fault in one never stops the others, and a stop at any time resumes."""
