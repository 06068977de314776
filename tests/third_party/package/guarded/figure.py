"""A bar a player, as long as what it can make sure of."""


def floors_size(finding):
    return 5.0, 0.5 * len(finding.floors) + 1.0


def plot_floors(finding, ax):
    ax.barh(list(finding.floors), [float(least) for _, least in finding.floors.values()])
    ax.set_xlabel("payoff at least")
    return ax
