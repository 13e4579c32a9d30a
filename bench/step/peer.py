"""The same training step in PyTorch. Reads lines `step N`, answers with their times in milliseconds."""

import argparse
import json
import sys
import time

import torch
import torch.nn.functional as F

parser = argparse.ArgumentParser()
for name in ("size", "width", "batch", "depth", "threads"):
    parser.add_argument(f"--{name}", type=int, required=True)
parser.add_argument("--mode", choices=["channels-last", "compile"], required=True)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)


class Block(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = torch.nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second = torch.nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))))


class UNet(torch.nn.Module):
    def __init__(self, depth, width, classes):
        super().__init__()
        channels = [width << level for level in range(depth)]
        self.encoder = torch.nn.ModuleList(Block(i, o) for i, o in zip([1, *channels], channels))
        self.decoder = torch.nn.ModuleList(Block(c + 2 * c, c) for c in reversed(channels[:-1]))
        self.head = torch.nn.Conv2d(width, classes, 1)

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(F.max_pool2d(x, 2) if level else x)
            skips.append(x)
        for block, skip in zip(self.decoder, reversed(skips[:-1])):
            x = block(torch.cat([skip, F.interpolate(x, scale_factor=2, mode="nearest")], 1))
        return self.head(x)


def loss_of(logits, labels):
    probabilities = F.softmax(logits, 1)
    entropy = -(F.log_softmax(logits, 1) * labels).sum(1).mean()
    difference = (probabilities - labels).abs().sum((0, 2, 3))
    total = (probabilities + labels).sum((0, 2, 3))
    return 0.25 * entropy + 0.75 * (difference / (total + 2e-3)).mean()


model = UNet(options.depth, options.width, 2).to(memory_format=torch.channels_last)
kernels = [p for p in model.parameters() if p.dim() > 1]
biases = [p for p in model.parameters() if p.dim() == 1]
groups = [{"params": kernels, "weight_decay": 5e-4}, {"params": biases, "weight_decay": 0}]
optimizer = torch.optim.SGD(groups, lr=1e-2, momentum=0.9)
forward = torch.compile(model) if options.mode == "compile" else model
shape = (options.batch, 1, options.size, options.size)
image = torch.rand(shape).mul(2).sub(1).contiguous(memory_format=torch.channels_last)
foreground = torch.rand(shape)
labels = torch.cat([1 - foreground, foreground], 1).contiguous(memory_format=torch.channels_last)


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(forward(image), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


for _ in range(3):
    step()
print(json.dumps({"ready": f"PyTorch {torch.__version__} {options.mode}"}), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line.split()[1])):
        start = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"times": times}), flush=True)
