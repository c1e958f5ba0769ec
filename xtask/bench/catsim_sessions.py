"""The sittings of bank.json by catsim: `python catsim_sessions.py FOLDER` writes catsim.json there.

Twice: with the only estimator that catsim has (maximum likelihood, its default and fastest search, `bounded`), and with an EAP
estimator added through its own base class, so that both programs do the same and their choices can be compared. The parts are
called directly, as catsim's manual shows for use outside a simulation: its `Simulator` draws answers of its own.
"""

import json
import pathlib
import sys
import time

import numexpr
import numpy
from catsim.estimation import BaseEstimator, NumericalSearchEstimator
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector

# Per core; on arrays of this size more threads are slower.
numexpr.set_num_threads(1)


class Eap(BaseEstimator):
    """Expected a posteriori on 101 points in [-6, 6] with a standard normal prior, one item per answer."""

    def __init__(self, bank):
        super().__init__()
        self.points = numpy.linspace(-6, 6, 101)
        right = 1 / (1 + numpy.exp(-bank.discrimination[:, None] * (self.points - bank.difficulty[:, None])))
        self.logs = numpy.log(numpy.stack([1 - right, right]))
        self.prior = -0.5 * self.points**2

    def estimate(self, index=None, item_bank=None, administered_items=None, response_vector=None, est_theta=None):
        if len(administered_items) == 1:
            self.log = self.prior.copy()
        self.log += self.logs[int(response_vector[-1]), administered_items[-1]]
        weights = numpy.exp(self.log - self.log.max())
        return float((weights * self.points).sum() / weights.sum())


def sittings(name, bank, estimator, people, questions):
    selector = MaxInfoSelector()
    asked, estimates = [], []
    start = time.perf_counter()
    for answers in people:
        items, responses, theta = [], [], 0.0
        for _ in range(questions):
            item = int(selector.select(item_bank=bank, administered_items=items, est_theta=theta))
            items.append(item)
            responses.append(answers[item])
            theta = float(
                estimator.estimate(
                    item_bank=bank, administered_items=items, response_vector=responses, est_theta=theta
                )
            )
        asked.append(items)
        estimates.append(theta)
    seconds = time.perf_counter() - start
    return {"name": name, "seconds": seconds, "asked": asked, "estimates": estimates}


def main(folder):
    given = json.loads((folder / "bank.json").read_text())
    items = numpy.array([[a, b, 0.0, 1.0] for a, b in given["items"]])
    bank = ItemBank(items)
    people = [[bool(answer) for answer in answers] for answers in given["answers"]]
    questions = given["questions"]
    results = [
        sittings("catsim, its own estimator (ML)", bank, NumericalSearchEstimator(), people, questions),
        sittings("catsim, EAP added to it", bank, Eap(bank), people, questions),
    ]
    (folder / "catsim.json").write_text(json.dumps(results))


main(pathlib.Path(sys.argv[1]))
