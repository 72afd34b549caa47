"""Maps: thousands of runs in one picture, over hyper-parameters or over starts."""
