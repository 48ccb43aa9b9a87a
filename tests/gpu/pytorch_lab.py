"""The work of gpu-check's benchmark in PyTorch, trial by trial, on the same GPU.

    python3 pytorch_lab.py [--workload lab|many] [--mode eager,graphs,compile] [--epochs N] [--json FILE]

The network, Adam and batches are those of the pipeline: one hidden layer of sigmoids, softmax, cross-entropy, Adam with
epsilon 1e-7, rows reshuffled every epoch, the last batch short, the validation rows scored after every epoch. Rows are
made up and stay on the GPU. --epochs N measures N epochs of each trial and scales them up; without it all are run.
"""

import argparse
import json
import time

import torch
from torch import nn

ROWS, VALIDATION_ROWS, FEATURES, CLASSES, BATCH = 66_247, 14_904, 120, 10, 128
LAB = (
    [(0.001, 256, 10)]
    + [(rate, 256, 20) for rate in (0.1, 0.01, 0.001, 0.0001)]
    + [(0.001, units, 40) for units in (4, 8, 16, 32, 64, 128, 256, 512, 1024)]
)
MANY = [(0.001, 256, 20)] * 256


class Trial:
    """One trial; ``mode`` says how its full batches are run."""

    def __init__(self, rate, units, mode, data):
        self.x, self.y, self.validation_x, self.validation_y = data
        self.mode = mode
        self.network = nn.Sequential(nn.Linear(FEATURES, units), nn.Sigmoid(), nn.Linear(units, CLASSES)).cuda()
        for layer in (self.network[0], self.network[2]):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        capturable = mode == "graphs"
        self.adam = torch.optim.Adam(self.network.parameters(), lr=rate, eps=1e-7, capturable=capturable)
        self.loss = torch.zeros((), device="cuda")
        self.correct = torch.zeros((), device="cuda", dtype=torch.long)
        self.batch_x = torch.zeros(BATCH, FEATURES, device="cuda")
        self.batch_y = torch.zeros(BATCH, dtype=torch.long, device="cuda")
        self.full_step = self.step
        if mode == "compile":
            self.full_step = torch.compile(self.step, mode="reduce-overhead")
        self.graph = None

    def step(self, x, y):
        outputs = self.network(x)
        loss = nn.functional.cross_entropy(outputs, y)
        loss.backward()
        self.adam.step()
        self.adam.zero_grad(set_to_none=self.mode != "graphs")
        with torch.no_grad():
            self.loss += loss.detach() * len(y)
            self.correct += (outputs.argmax(1) == y).sum()

    def capture(self):
        """Captures a full batch after a few runs on another stream, as PyTorch asks for; they cost the weights a few steps."""
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.step(self.batch_x, self.batch_y)
        torch.cuda.current_stream().wait_stream(stream)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.step(self.batch_x, self.batch_y)

    def epoch(self):
        self.loss.zero_()
        self.correct.zero_()
        order = torch.randperm(ROWS, device="cuda")
        for start in range(0, ROWS, BATCH):
            rows = order[start : start + BATCH]
            if self.graph is not None and len(rows) == BATCH:
                torch.index_select(self.x, 0, rows, out=self.batch_x)
                torch.index_select(self.y, 0, rows, out=self.batch_y)
                self.graph.replay()
            elif len(rows) == BATCH:
                self.full_step(self.x[rows], self.y[rows])
            else:
                self.step(self.x[rows], self.y[rows])
        with torch.no_grad():
            outputs = self.network(self.validation_x)
            loss = nn.functional.cross_entropy(outputs, self.validation_y)
            accuracy = (outputs.argmax(1) == self.validation_y).float().mean()
        return [self.loss.item() / ROWS, self.correct.item() / ROWS, loss.item(), accuracy.item()]


def run(trials, mode, data, epochs):
    """Seconds for all trials, one after the other; capturing and compiling are start-up and do not count."""
    total, measured = 0.0, 0
    for rate, units, wanted in trials:
        trial = Trial(rate, units, mode, data)
        if mode == "graphs":
            trial.capture()
        elif mode == "compile":
            trial.epoch()
        count = min(wanted, epochs or wanted)
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(count):
            trial.epoch()
        torch.cuda.synchronize()
        total += (time.perf_counter() - start) * wanted / count
        measured += count
    return total, measured


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", choices=["lab", "many"], default="lab")
    parser.add_argument("--mode", default="eager,graphs,compile")
    parser.add_argument("--epochs", type=int, default=0)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    trials = LAB if arguments.workload == "lab" else MANY

    torch.manual_seed(1)
    centres = 2 * torch.rand(CLASSES, FEATURES, device="cuda") - 1
    y = torch.randint(CLASSES, (ROWS,), device="cuda")
    validation_y = torch.randint(CLASSES, (VALIDATION_ROWS,), device="cuda")
    data = (
        centres[y] + 2 * torch.rand(ROWS, FEATURES, device="cuda") - 1,
        y,
        centres[validation_y] + 2 * torch.rand(VALIDATION_ROWS, FEATURES, device="cuda") - 1,
        validation_y,
    )
    run([(0.001, 256, 1)], "eager", data, 1)

    results = []
    for mode in arguments.mode.split(","):
        try:
            seconds, measured = run(trials, mode, data, arguments.epochs)
            result = {"mode": mode, "seconds": seconds, "epochsMeasured": measured}
            print(f"{arguments.workload} {mode:8} {seconds:8.2f} s ({measured} of {sum(t[2] for t in trials)} epochs measured)")
        except Exception as error:  # Neither mode works everywhere; that is a result too.
            result = {"mode": mode, "error": f"{type(error).__name__}: {error}"}
            print(f"{arguments.workload} {mode:8} does not work here: {result['error'].splitlines()[0]}")
        results.append(result)

    report = {
        "gpu": torch.cuda.get_device_name(),
        "torch": torch.__version__,
        "workload": arguments.workload,
        "trials": len(trials),
        "results": results,
    }
    text = json.dumps(report)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
