"""One module for each way to run a peer: train(request, dataset, log file, folder of the models)."""
